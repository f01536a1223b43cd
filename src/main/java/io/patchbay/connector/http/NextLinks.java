package io.patchbay.connector.http;

import io.patchbay.connector.Hosts;
import io.patchbay.connector.Percent;
import io.patchbay.connector.paging.Pagers.LinkGuard;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at the URL of a next page before anything is sent there: it must stay on the allowed hosts, must not go from https to
 * http, and carries no credentials of its own. A key that travels in the query is taken out, so that it is not kept with
 * the pull's place; it is added again when the page is asked for.
 *
 * @param base where the instance's requests go
 * @param hosts the allowed ones
 * @param proof names of the query parameters that carry the proof
 */
record NextLinks(URI base, Hosts hosts, Set<String> proof) implements LinkGuard {

    @Override
    public URI checked(URI link) throws StepException {
        String scheme = link.getScheme() == null ? "" : link.getScheme().toLowerCase(Locale.ROOT);
        String host = link.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http")) || link.getRawUserInfo() != null) {
            throw foreign("is not a plain http address");
        }
        if (scheme.equals("http") && "https".equals(base.getScheme())) {
            throw foreign("leads from https to http");
        }
        if (!hosts.allows(host)) {
            throw foreign("leads to host '" + host + "', which is not among the instance's allowedHosts");
        }
        boolean home = host.equalsIgnoreCase(base.getHost()) && scheme.equals(base.getScheme());
        int expected = home ? base.getPort() : -1;
        if (port(link.getPort(), scheme) != port(expected, scheme)) {
            throw foreign("leads to port " + link.getPort() + " of host '" + host + "'");
        }
        URI walked = Target.withoutSteps(link);
        if (walked == null) {
            throw foreign("leads upwards ('..' in its path)");
        }
        URI plain = Target.withoutUsualPort(walked);
        return proof.isEmpty() ? plain : without(plain, proof);
    }

    private static int port(int port, String scheme) {
        return port >= 0 ? port : scheme.equals("https") ? 443 : 80;
    }

    private static URI without(URI link, Set<String> parameters) {
        String query = link.getRawQuery();
        if (query == null) {
            return link;
        }
        StringBuilder kept = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            String name = pair.indexOf('=') < 0 ? pair : pair.substring(0, pair.indexOf('='));
            if (!parameters.contains(Percent.decoded(name, true))) {
                kept.append(kept.isEmpty() ? "" : "&").append(pair);
            }
        }
        String text = link.toString();
        String start = text.substring(0, text.indexOf('?'));
        return URI.create(kept.isEmpty() ? start : start + "?" + kept);
    }

    private static StepException foreign(String what) {
        return new StepException(Owner.REMOTE, "FOREIGN_LINK", "the link to the next page " + what);
    }
}
