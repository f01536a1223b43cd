package io.patchbay.connector.broker;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.auth.Pem;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to a broker in the TLS handshake, and whom it trusts. Names of servers are always checked.
 *
 * @param key of the client's certificate, or null
 * @param chain the client's certificate and those that it hangs on
 * @param authorities what the server's certificate hangs on; empty for the public ones
 */
public record BrokerTls(@Nullable PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {

    private static final char[] NO_PASSWORD = {};

    public BrokerTls {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    static BrokerTls of(AuthMethod method, CallScope settings) throws StepException {
        try {
            boolean shows = method.config().type() == AuthConfig.Type.MTLS;
            String ca = text(method.ca(), settings);
            return new BrokerTls(
                    shows ? Pem.privateKey(text(method.key(), settings), "the key of the client certificate") : null,
                    shows
                            ? Pem.certificates(text(method.certificate(), settings), "the client certificate")
                            : List.of(),
                    ca.isBlank() ? List.of() : Pem.certificates(ca, "'ca'"));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static String text(@Nullable Template template, CallScope settings) {
        return template == null || template.find(settings).isMissingNode() ? "" : template.text(settings);
    }

    /** The certificates that are trusted; null for the public ones. */
    public @Nullable KeyStore trusted(char[] password) throws StepException {
        if (authorities.isEmpty()) {
            return null;
        }
        try {
            KeyStore store = empty(password);
            int number = 0;
            for (X509Certificate one : authorities) {
                store.setCertificateEntry("ca-" + number++, one);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /** The client's key and certificate; null when it shows none. */
    public @Nullable KeyStore own(char[] password) throws StepException {
        if (key == null) {
            return null;
        }
        try {
            KeyStore store = empty(password);
            store.setKeyEntry("client", key, password, chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /** Both as a context, which tells what brokers show. */
    public SSLContext context(ServerCertificates certificates) throws StepException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted(NO_PASSWORD));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own(NO_PASSWORD), NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), Trust.managers(trust, certificates), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static KeyStore empty(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        return store;
    }

    private static StepException unusable(Exception e) {
        return new StepException(
                Owner.AUTHOR, "BAD_KEY", "certificates and key of the instance cannot be used for TLS", e);
    }
}
