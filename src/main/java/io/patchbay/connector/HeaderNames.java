package io.patchbay.connector;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of request headers that values may not choose. */
public final class HeaderNames {

    /** Of the connection and of the body: RFC 9110, sections 7.2, 7.6.1, 8.6 and 10.1.1. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    /** Of the proof: RFC 9110, section 11; RFC 6265. */
    private static final Set<String> OF_THE_PROOF = Set.of("authorization", "cookie");

    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private HeaderNames() {}

    /** Whether a caller, or code of an author, may give a header of this name. */
    public static boolean given(String name) {
        return proof(name) && !OF_THE_PROOF.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a proof may be in a header of this name. */
    public static boolean proof(String name) {
        return TOKEN.matcher(name).matches() && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a value may have this character: RFC 9110, section 5.5, without the control characters of ISO 8859-1. */
    public static boolean carries(int c) {
        return c <= 0xff && (c == '\t' || !Character.isISOControl(c));
    }

    /** Whether an answer's header of this name may be shown to code of an author: one that carries no credentials. */
    public static boolean shown(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return !OF_THE_PROOF.contains(plain)
                && !plain.equals("set-cookie")
                && !plain.equals("set-cookie2")
                && !plain.contains("authenticat");
    }
}
