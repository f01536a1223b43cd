package io.patchbay.connector;

import java.util.List;
import java.util.Locale;

/**
 * Hosts that may be called.
 *
 * @param patterns names, or {@code *.example.com} for any name below, in lower case
 * @param listed whether somebody wrote them down as hosts that may be called; else they only follow from an address
 */
public record Hosts(List<String> patterns, boolean listed) {

    public Hosts {
        patterns = patterns.stream().map(Hosts::plain).toList();
    }

    /** Whether a host may be called. */
    public boolean allows(String host) {
        String name = plain(host);
        return patterns.stream().anyMatch(pattern -> covers(pattern, name));
    }

    /** Whether a host stands here by its own name, so that even a private address is meant. */
    public boolean names(String host) {
        return listed && patterns.contains(plain(host));
    }

    /** Whether a pattern covers a host, or everything that a narrower pattern covers. */
    static boolean covers(String pattern, String host) {
        String wide = plain(pattern);
        String narrow = plain(host);
        return wide.equals(narrow)
                || (wide.startsWith("*.") && narrow.endsWith(wide.substring(1)) && narrow.length() > wide.length() - 1);
    }

    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
