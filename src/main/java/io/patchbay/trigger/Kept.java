package io.patchbay.trigger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks what webhook and callback have in common. */
final class Kept {

    private static final Set<String> CREDENTIALS =
            caseless("Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Auth-Token");

    private static final int MOST = 32;

    private Kept() {}

    /** The access that was given under one of two keys. @throws IllegalArgumentException if none or both are given */
    static Access access(
            String kind,
            @org.jspecify.annotations.Nullable Access auth,
            @org.jspecify.annotations.Nullable Access verify) {
        if (auth != null && verify != null) {
            throw new IllegalArgumentException(kind + " takes 'auth' or 'verify', found both");
        }
        return Optional.ofNullable(auth != null ? auth : verify)
                .orElseThrow(() -> new IllegalArgumentException(
                        kind + " needs 'auth' or 'verify'; one that is open to everybody says 'auth: none'"));
    }

    /** @throws IllegalArgumentException if a header would carry a credential into the payload, or there are too many */
    static void check(List<HeaderName> headers, List<String> query, Access access) {
        if (headers.size() > MOST || query.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " headers and query parameters can be kept");
        }
        for (HeaderName header : headers) {
            boolean token =
                    access instanceof Access.Token of && header.is(of.header().text());
            if (token || CREDENTIALS.contains(header.text())) {
                throw new IllegalArgumentException(
                        "header '" + header + "' carries a credential and cannot be kept with the payload");
            }
        }
    }

    /** Whether a header of this name carries a credential. */
    static boolean credential(String header) {
        return CREDENTIALS.contains(header);
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
