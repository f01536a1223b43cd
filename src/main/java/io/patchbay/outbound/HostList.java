package io.patchbay.outbound;

import java.util.List;
import java.util.Locale;

/**
 * Hosts that are called without the proxy.
 *
 * @param patterns names, or {@code *.example.com} for any name below
 */
record HostList(List<String> patterns) {

    HostList {
        patterns = patterns.stream().map(HostList::plain).toList();
    }

    boolean covers(String host) {
        String name = plain(host);
        return isThisMachine(name)
                || patterns.stream()
                        .anyMatch(pattern -> pattern.equals(name)
                                || (pattern.startsWith("*.")
                                        && name.endsWith(pattern.substring(1))
                                        && name.length() > pattern.length() - 1));
    }

    /** A proxy would take them for itself (RFC 6761 section 6.3). */
    private static boolean isThisMachine(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    static String plain(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
