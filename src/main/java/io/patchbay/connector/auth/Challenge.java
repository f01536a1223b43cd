package io.patchbay.connector.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a WWW-Authenticate header (RFC 9110 section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case, without quotes
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PARAMETER =
            Pattern.compile("\\G[\\s,]*(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(" + TOKEN + "))");
    private static final Pattern SCHEME = Pattern.compile("\\G[\\s,]*(" + TOKEN + ")(?=\\s|,|$)");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    @Nullable
    String get(String name) {
        return parameters.get(name);
    }

    /** All challenges of these headers, in order; what cannot be read is passed over. */
    static List<Challenge> of(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        headers.forEach(header -> read(header, all));
        return all;
    }

    private static void read(String header, List<Challenge> into) {
        Matcher parameter = PARAMETER.matcher(header);
        Matcher scheme = SCHEME.matcher(header);
        String name = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = 0;
        while (at < header.length()) {
            if (name != null && parameter.find(at)) {
                String quoted = parameter.group(2);
                parameters.put(
                        parameter.group(1).toLowerCase(Locale.ROOT),
                        quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : parameter.group(3));
                at = parameter.end();
            } else if (scheme.find(at)) {
                if (name != null) {
                    into.add(new Challenge(name, parameters));
                }
                name = scheme.group(1).toLowerCase(Locale.ROOT);
                parameters.clear();
                at = scheme.end();
            } else {
                break;
            }
        }
        if (name != null) {
            into.add(new Challenge(name, parameters));
        }
    }
}
