package io.patchbay.route.plain;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Drops headers that mean something to Camel where a message enters from outside, in any spelling: they would steer the
 * endpoints behind (a path, a file name, a method). A component's own headers pass by allow-list, in their exact spelling.
 * Routes that others feed from inside the context are left alone.
 */
final class EntryHeaders extends RoutePolicySupport {

    private static final Set<String> INSIDE = Set.of("direct", "seda", "timer", "scheduler", "quartz");

    private static final Set<String> FILE =
            Set.of("CamelFileName", "CamelFileNameOnly", "CamelFileLength", "CamelFileLastModified");

    private static final Map<String, Set<String>> OWN = Map.of(
            "file", FILE,
            "ftp", FILE,
            "ftps", FILE,
            "sftp", FILE,
            "platform-http", Set.of("CamelHttpMethod"));

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        String scheme = CamelRules.scheme(route.getEndpoint().getEndpointUri());
        if (INSIDE.contains(scheme)) {
            return;
        }
        Set<String> own = OWN.getOrDefault(scheme, Set.of());
        exchange.getMessage().getHeaders().keySet().removeIf(name -> steers(name) && !own.contains(name));
    }

    static boolean steers(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        return name.startsWith("camel") || name.startsWith("org.apache.camel");
    }
}
