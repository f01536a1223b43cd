package io.patchbay.connector.auth;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed. */
public final class Trust {

    private Trust() {}

    /**
     * The authorities in a text.
     *
     * @param pem certificates; null or empty for those that Java trusts
     * @throws StepException when the text holds none
     */
    public static TrustManagerFactory of(@Nullable String pem) throws StepException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            if (pem == null || pem.isBlank()) {
                trust.init((KeyStore) null);
                return trust;
            }
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            int number = 0;
            for (X509Certificate one : Pem.certificates(pem, "'ca'")) {
                authorities.setCertificateEntry("ca-" + number++, one);
            }
            trust.init(authorities);
            return trust;
        } catch (GeneralSecurityException | IOException e) {
            throw new StepException(Owner.AUTHOR, "BAD_KEY", "the certificates of 'ca' cannot be used", e);
        }
    }

    /** TLS that believes these authorities and shows no certificate of its own. @throws StepException as {@link #of} */
    public static SSLContext context(@Nullable String pem) throws StepException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, of(pem).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new StepException(Owner.INTERNAL, "TLS_FAILED", "TLS cannot be set up", e);
        }
    }
}
