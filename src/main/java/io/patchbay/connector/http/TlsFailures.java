package io.patchbay.connector.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why there is no secure connection, and what to do. Java says it somewhere down the causes. */
final class TlsFailures {

    private static final int DEEPEST = 10;

    private TlsFailures() {}

    /** The sentence for a handshake with a host that failed. */
    static String sentence(String host, SSLException thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            String known = known(host, cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return "no secure connection to " + host + ": " + said(thrown);
    }

    private static @Nullable String known(String host, Throwable thrown) {
        if (thrown instanceof CertificateExpiredException) {
            return "the certificate of " + host + " has expired (" + said(thrown)
                    + "): whoever runs the system has to renew it, unless the clock here is wrong";
        }
        if (thrown instanceof CertificateNotYetValidException) {
            return "the certificate of " + host + " is not valid yet (" + said(thrown)
                    + "): look whether the clock here is right";
        }
        if (thrown instanceof SSLPeerUnverifiedException) {
            return "the certificate of " + host + " is for another host (" + said(thrown)
                    + "): correct the host in requester.baseUrl or in the instance's settings";
        }
        if (thrown instanceof CertPathBuilderException) {
            return "the certificate of " + host
                    + " comes from an issuer that is not known here: if it is a company's own, or that of a proxy that"
                    + " looks into TLS, name its file under patchbay.http.ca, or with mtls name it under 'ca'";
        }
        return thrown instanceof SSLException ? alert(host, said(thrown)) : null;
    }

    /** What the other side or the record layer says is there as text only. */
    private static @Nullable String alert(String host, String said) {
        String text = said.toLowerCase(Locale.ROOT);
        if (text.contains("unrecognized ssl message") || text.contains("plaintext")) {
            return host + " does not speak TLS at this port: is it http in place of https, or another port?";
        }
        if (text.contains("alert: bad_certificate")
                || text.contains("alert: certificate_")
                || text.contains("alert: unknown_ca")) {
            return host + " does not take our client certificate (" + said
                    + "): look at 'certificate' and 'key' of the instance's auth";
        }
        if (text.contains("alert: handshake_failure") || text.contains("alert: protocol_version")) {
            return host + " and Java have no TLS version or cipher in common, or it wants a client certificate (" + said
                    + ")";
        }
        return null;
    }

    private static String said(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "no reason given" : message;
    }
}
