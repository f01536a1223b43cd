package io.patchbay.connector.sql;

import io.patchbay.connector.auth.Trust;
import io.patchbay.payload.StepException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Believes a server whose certificate is trusted and names the host. Microsoft's driver makes it by its name, and leaves the
 * name of the host to it.
 */
public final class NamedServer implements X509TrustManager {

    private static final String BEHIND_HOST = "\n";

    private final String host;
    private final X509TrustManager authorities;
    private final DefaultHostnameVerifier names = new DefaultHostnameVerifier();

    /** @param argument see {@link #argument} */
    public NamedServer(String argument) throws GeneralSecurityException {
        int end = argument.indexOf(BEHIND_HOST);
        host = argument.substring(0, end);
        try {
            authorities = Arrays.stream(Trust.of(argument.substring(end + 1)).getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (StepException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }

    /** A host and whom to trust, as the one text that the driver hands over. */
    static String argument(String host, @Nullable String ca) {
        return host + BEHIND_HOST + (ca == null ? "" : ca);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkServerTrusted(chain, type);
        try {
            names.verify(host, chain[0]);
        } catch (SSLException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("nobody connects to here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
