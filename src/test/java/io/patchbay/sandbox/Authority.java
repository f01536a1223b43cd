package io.patchbay.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** An issuer of certificates, like that of a proxy which looks into TLS: who believes it takes it for any host. */
public final class Authority {

    private static final X500Name NAME = new X500Name("CN=Sandbox authority");
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final char[] NO_PASSWORD = {};

    private final AtomicLong serial = new AtomicLong(1);
    private final Map<String, SSLContext> servers = new ConcurrentHashMap<>();
    private final KeyPair own = pair();
    private final X509Certificate certificate = issue(NAME, own.getPublic(), null);

    /**
     * What a client shows of itself, as PEM.
     *
     * @param key its private key
     * @param certificate by this authority
     */
    public record Shown(String key, String certificate) {}

    /** Writes its certificate as PEM. */
    public Path write(Path file) throws Exception {
        return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** A client's key and certificate. */
    public Shown client(String name) throws Exception {
        KeyPair pair = pair();
        X509Certificate leaf = issue(new X500Name("CN=" + name), pair.getPublic(), name + ".invalid");
        return new Shown(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), pem("CERTIFICATE", leaf.getEncoded()));
    }

    /** The server's side of TLS with a host; it believes this authority, where it asks clients who they are. */
    public SSLContext server(String host) {
        return servers.computeIfAbsent(host, this::made);
    }

    /** Writes the key of a server of this host with its certificate, as PKCS #12. */
    public Path keys(Path file, String host, String password) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store(host, password.toCharArray()).store(out, password.toCharArray());
        }
        return file;
    }

    private KeyStore store(String host, char[] password) throws GeneralSecurityException, IOException {
        KeyPair pair = pair();
        X509Certificate leaf = issue(new X500Name("CN=sandbox"), pair.getPublic(), host);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", pair.getPrivate(), password, new X509Certificate[] {leaf, certificate});
        return store;
    }

    private SSLContext made(String host) {
        try {
            return context(store(host, NO_PASSWORD));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        KeyStore believed = KeyStore.getInstance("PKCS12");
        try {
            believed.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        believed.setCertificateEntry("authority", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate by this authority (RFC 5280 section 4.1); without a host that of an authority. */
    private X509Certificate issue(X500Name subject, PublicKey key, String host) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
            if (host != null) {
                int kind = host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
                extensions.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, host)));
            }
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(serial.getAndIncrement())));
            generator.setSignature(ECDSA);
            generator.setIssuer(NAME);
            generator.setSubject(subject);
            Instant now = Instant.now();
            generator.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(1)))));
            generator.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(1)))));
            generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            generator.setExtensions(extensions.generate());
            TBSCertificate signed = generator.generateTBSCertificate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(own.getPrivate());
            signature.update(signed.getEncoded());
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(signed);
            parts.add(ECDSA);
            parts.add(new DERBitString(signature.sign()));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(new DERSequence(parts).getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
