package io.patchbay.trigger.intake;

import io.patchbay.trigger.HeaderName;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The allow-list of what enters beside the body: path variables, and the headers and query parameters that the trigger names.
 * They become metadata under names that come from the file, {@code header.X-Shop}; nothing from the network names anything.
 */
final class Admitted {

    private Admitted() {}

    /** The metadata of a request. @throws IllegalArgumentException if an escape is wrong, no UTF-8, or hides a control character */
    static Map<String, String> meta(HttpServerRequest request, Door door, List<String> values) {
        if (values.isEmpty() && door.headers().isEmpty() && door.query().isEmpty()) {
            return Map.of();
        }
        Map<String, String> meta = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            meta.put("path." + door.variables().get(i), decoded(values.get(i)));
        }
        for (HeaderName name : door.headers()) {
            List<String> given = request.headers().getAll(name.text());
            if (!given.isEmpty()) {
                meta.put("header." + name.text(), String.join(", ", given));
            }
        }
        String query = request.query();
        if (!door.query().isEmpty() && query != null) {
            Map<String, List<String>> fields = Fields.read(query);
            for (String name : door.query()) {
                List<String> given = fields.get(name);
                if (given != null) {
                    meta.put("query." + name, String.join(", ", given));
                }
            }
        }
        return meta;
    }

    private static String decoded(String segment) {
        if (segment.chars().anyMatch(c -> c > '~')) {
            throw new IllegalArgumentException("a character that must be escaped in a path"); // RFC 3986, 3.3
        }
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        Fields.requireUtf8(segment, text);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a control character in a path");
        }
        return text;
    }
}
