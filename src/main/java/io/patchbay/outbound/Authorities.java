package io.patchbay.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Issuers that are believed: those that Java trusts, and those of a file. */
final class Authorities {

    private Authorities() {}

    /** @throws IllegalArgumentException naming the setting when the file holds none */
    static TrustManagerFactory with(Path file) {
        try {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(null, null);
            int number = 0;
            for (Certificate one : read(file)) {
                all.setCertificateEntry("ca-" + number++, one);
            }
            TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            usual.init((KeyStore) null);
            for (TrustManager manager : usual.getTrustManagers()) {
                if (manager instanceof X509TrustManager trusting) {
                    for (X509Certificate one : trusting.getAcceptedIssuers()) {
                        all.setCertificateEntry("java-" + number++, one);
                    }
                }
            }
            TrustManagerFactory made = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            made.init(all);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the issuers that Java trusts cannot be read", e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) {
        Collection<? extends Certificate> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("patchbay.http.ca: " + file + " cannot be read", e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "patchbay.http.ca: " + file + " must hold certificates in PEM form (-----BEGIN CERTIFICATE-----)",
                    e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("patchbay.http.ca: " + file
                    + " holds no certificate; expected some in PEM form (-----BEGIN CERTIFICATE-----)");
        }
        return found;
    }
}
