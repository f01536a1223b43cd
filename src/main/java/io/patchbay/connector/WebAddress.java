package io.patchbay.connector;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads addresses that answers and payloads name, as leniently as browsers do (WHATWG URL, percent-encode sets): what no URI may
 * hold (RFC 3986, section 2) is percent-encoded as UTF-8, and what is encoded already stays. It comes before all other checks, so
 * that what is checked is what is sent. Line breaks and control characters are refused. A host is not repaired: one that is
 * written with characters beyond ASCII is none, as its name in the DNS (xn--…) may be written in more ways than one.
 */
public final class WebAddress {

    private static final String NOT_IN_A_URI = " \"<>\\^`{|}";
    private static final Pattern AUTHORITY = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*+:)?+//[^/?#]*+");
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

    private WebAddress() {}

    /** The address or relative reference that a text holds. @throws URISyntaxException when it is none */
    public static URI parsed(String text) throws URISyntaxException {
        return new URI(repaired(text.strip(), false));
    }

    /**
     * The same of a header, whose characters beyond ASCII stand for octets (RFC 9110, section 5.5): most systems write UTF-8
     * there, and whatever it is goes back as it came.
     *
     * @throws URISyntaxException when it is none
     */
    public static URI ofHeader(String value) throws URISyntaxException {
        return new URI(encodedOctets(value));
    }

    /** The value of a header in which each character beyond ASCII is percent-encoded as one octet. */
    public static String encodedOctets(String value) throws URISyntaxException {
        return repaired(value.strip(), true);
    }

    private static String repaired(String text, boolean octets) throws URISyntaxException {
        Matcher authority = AUTHORITY.matcher(text);
        int host = authority.lookingAt() ? authority.end() : 0;
        Matcher encoded = ENCODED.matcher(text);
        StringBuilder into = new StringBuilder(text.length() + 16);
        boolean path = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int point = octets ? c : text.codePointAt(i);
            path &= c != '?' && c != '#';
            if (c < 0x20 || c == 0x7f || (!octets && (Character.isISOControl(c) || surrogate(point)))) {
                throw new URISyntaxException("(address)", "a control character or half of a character", i);
            }
            boolean bracket = (c == '[' || c == ']') && path && i >= host;
            boolean lone = c == '%' && !encoded.region(i, text.length()).lookingAt();
            if (point < 0x80 && NOT_IN_A_URI.indexOf(c) < 0 && !bracket && !lone) {
                into.append(c);
            } else if (octets) {
                Percent.octets(new byte[] {(byte) c}, into);
            } else {
                Percent.octets(Character.toString(point).getBytes(StandardCharsets.UTF_8), into);
                i += Character.charCount(point) - 1;
            }
        }
        return into.toString();
    }

    private static boolean surrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
