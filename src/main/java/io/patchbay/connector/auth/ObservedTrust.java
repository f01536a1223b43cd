package io.patchbay.connector.auth;

import io.patchbay.connector.ServerCertificates;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts whom another one trusts, and notes the certificates of servers; those that have ended, too, because they are to be told of. */
final class ObservedTrust extends X509ExtendedTrustManager {

    private static final int DEEPEST = 10;

    private final X509ExtendedTrustManager trust;
    private final ServerCertificates certificates;

    private ObservedTrust(X509ExtendedTrustManager trust, ServerCertificates certificates) {
        this.trust = trust;
        this.certificates = certificates;
    }

    /** The same managers, observed. One of another kind is left as it is: Java asks it in another way. */
    static TrustManager[] of(TrustManager[] managers, ServerCertificates certificates) {
        TrustManager[] observed = managers.clone();
        for (int i = 0; i < observed.length; i++) {
            if (observed[i] instanceof X509ExtendedTrustManager extended) {
                observed[i] = new ObservedTrust(extended, certificates);
            }
        }
        return observed;
    }

    /** One of the ways in which Java asks. */
    private interface Check {
        void run() throws CertificateException;
    }

    private void observed(X509Certificate[] chain, @Nullable SSLSession session, Check check)
            throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            if (hasEnded(e)) {
                note(chain, session);
            }
            throw e;
        }
        note(chain, session);
    }

    private void note(X509Certificate[] chain, @Nullable SSLSession session) {
        if (session != null && chain.length > 0) {
            certificates.seen(session.getPeerHost(), session.getPeerPort(), chain[0]);
        }
    }

    private static boolean hasEnded(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof CertificateExpiredException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        SSLSession session = socket instanceof SSLSocket secure ? secure.getHandshakeSession() : null;
        observed(chain, session, () -> trust.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        SSLSession session = engine == null ? null : engine.getHandshakeSession();
        observed(chain, session, () -> trust.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        trust.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trust.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trust.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
