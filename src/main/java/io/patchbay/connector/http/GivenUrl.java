package io.patchbay.connector.http;

import io.patchbay.connector.Hosts;
import io.patchbay.connector.WebAddress;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.util.Locale;

/**
 * Looks at an address that a value gives before anything is sent there: an allowed host by http, never from https to http,
 * at the usual port or that of baseUrl.
 *
 * @param base where the instance's requests go
 * @param hosts the allowed ones
 * @param what what names the address, as the beginning of a sentence
 */
record GivenUrl(URI base, Hosts hosts, String what) {

    static final String OF_AN_ENDPOINT = "the address that 'url' yields";

    private static final int LONGEST = 8_000;

    /**
     * An address that may be called.
     *
     * @param home whether it is where the instance's requests go
     */
    record Checked(URI uri, boolean home) {}

    Checked checked(String text) throws StepException {
        URI uri = parsed(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http")) || uri.getRawUserInfo() != null) {
            throw refused("is not a plain http address");
        }
        if (scheme.equals("http") && "https".equals(base.getScheme())) {
            throw refused("is http, and baseUrl is https");
        }
        if (!hosts.allows(host)) {
            throw refused("leads to host '" + host + "', which is not among the instance's allowedHosts");
        }
        boolean usual = port(uri) == (scheme.equals("https") ? 443 : 80);
        if (!usual && port(uri) != port(base)) {
            throw refused("leads to port " + uri.getPort() + " of host '" + host + "'");
        }
        URI walked = Target.withoutSteps(uri);
        if (walked == null) {
            throw refused("leads upwards ('..' in its path)");
        }
        boolean home =
                host.equalsIgnoreCase(base.getHost()) && scheme.equals(base.getScheme()) && port(uri) == port(base);
        return new Checked(Target.withoutUsualPort(walked), home);
    }

    private URI parsed(String text) throws StepException {
        try {
            if (text.length() <= LONGEST) {
                return WebAddress.parsed(text);
            }
        } catch (java.net.URISyntaxException e) {
            // said below: the text may hold a signature
        }
        throw refused("is no address");
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private StepException refused(String why) {
        return new StepException(Owner.REMOTE, "FOREIGN_LINK", what + " " + why);
    }
}
