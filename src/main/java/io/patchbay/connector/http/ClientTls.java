package io.patchbay.connector.http;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.Validity;
import io.patchbay.connector.auth.Pem;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.outbound.Outbound;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What a client shows in the TLS handshake (RFC 8446 section 4.4.2), and whom it trusts. */
final class ClientTls {

    private static final char[] NO_PASSWORD = {};

    private ClientTls() {}

    /**
     * The context of a method; one that says nothing about TLS trusts whom the way out trusts.
     *
     * @param certificates is told what servers show
     * @throws StepException when it cannot be made
     */
    static SSLContext of(AuthMethod method, CallScope settings, Outbound way, ServerCertificates certificates)
            throws StepException {
        if (method.config().type() != AuthConfig.Type.MTLS) {
            return Trust.context(trusted(null, way), certificates);
        }
        try {
            PrivateKey key = Pem.privateKey(text(method.key(), settings), "the key of the client certificate");
            List<X509Certificate> chain =
                    Pem.certificates(text(method.certificate(), settings), "the client certificate");
            if (!key.getAlgorithm().equals(chain.get(0).getPublicKey().getAlgorithm())) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_KEY",
                        "the key is of kind " + key.getAlgorithm() + ", the client certificate of kind "
                                + chain.get(0).getPublicKey().getAlgorithm());
            }
            KeyStore own = empty();
            own.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust(method, settings, way, certificates), null);
            return context;
        } catch (ExpressionException e) {
            throw StepException.of(e);
        } catch (GeneralSecurityException | IOException e) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_KEY", "the client certificate and its key cannot be used together", e);
        }
    }

    /** How long the certificate of a method is good; null when it has none. @throws StepException when it cannot be read */
    static @Nullable Validity validity(AuthMethod method, CallScope settings) throws StepException {
        return method.config().type() == AuthConfig.Type.MTLS
                ? Pem.validity(Pem.certificates(text(method.certificate(), settings), "the client certificate"))
                : null;
    }

    private static TrustManager[] trust(
            AuthMethod method, CallScope settings, Outbound way, ServerCertificates certificates) throws StepException {
        String pem = method.ca() == null ? null : method.ca().text(settings);
        return Trust.managers(trusted(pem, way), certificates);
    }

    private static TrustManagerFactory trusted(@Nullable String pem, Outbound way) throws StepException {
        return pem == null && way.trust() != null ? way.trust() : Trust.of(pem);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String text(@Nullable Template template, CallScope settings) {
        return Objects.requireNonNull(template).text(settings);
    }
}
