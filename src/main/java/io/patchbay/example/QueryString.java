package io.patchbay.example;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a URL after the question mark. */
final class QueryString {

    private QueryString() {}

    /** Its values by name; the first of several wins. */
    static Map<String, String> of(@Nullable String raw) {
        Map<String, String> result = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&", 50)) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                result.putIfAbsent(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return result;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
