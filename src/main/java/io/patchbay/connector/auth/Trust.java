package io.patchbay.connector.auth;

import io.patchbay.connector.ServerCertificates;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
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

    /** Believes these authorities, and notes what servers show. @throws StepException as {@link #of} */
    public static TrustManager[] managers(@Nullable String pem, ServerCertificates certificates) throws StepException {
        return managers(of(pem), certificates);
    }

    /** Trusts as a factory says, and notes what servers show. */
    public static TrustManager[] managers(TrustManagerFactory trust, ServerCertificates certificates) {
        return ObservedTrust.of(trust.getTrustManagers(), certificates);
    }

    /** TLS that believes these authorities and shows no certificate of its own. @throws StepException as {@link #of} */
    public static SSLContext context(@Nullable String pem) throws StepException {
        return context(of(pem).getTrustManagers());
    }

    /** The same, and notes what servers show. @throws StepException as {@link #of} */
    public static SSLContext context(@Nullable String pem, ServerCertificates certificates) throws StepException {
        return context(managers(pem, certificates));
    }

    /** Trusts as a factory says, and notes what servers show. @throws StepException when TLS cannot be set up */
    public static SSLContext context(TrustManagerFactory trust, ServerCertificates certificates) throws StepException {
        return context(managers(trust, certificates));
    }

    private static SSLContext context(TrustManager[] managers) throws StepException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new StepException(Owner.INTERNAL, "TLS_FAILED", "TLS cannot be set up", e);
        }
    }
}
