package io.patchbay.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of a start: {@code trigger=manual|api} and {@code var.NAME=VALUE}. It is read from the address alone: asking the
 * container for parameters would eat the body of a form.
 *
 * @param trigger what the run says started it
 * @param meta metadata of the payload: {@code var.NAME} sets a variable
 */
record StartQuery(String trigger, Map<String, String> meta) {

    private static final String VARIABLE = "var.";
    private static final Set<String> TRIGGERS = Set.of("api", "manual");

    static StartQuery of(@Nullable String query, Set<String> variables) {
        String trigger = "api";
        Map<String, String> meta = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (name.equals("trigger") && TRIGGERS.contains(value)) {
                trigger = value;
            } else if (name.startsWith(VARIABLE)) {
                variable(name.substring(VARIABLE.length()), variables);
                meta.put(name, value);
            } else if (!name.isEmpty()) {
                throw Refusal.badRequest("Parameter " + Refusal.quoted(name)
                        + " is not one of a start: there are trigger=api|manual and var.NAME=VALUE.");
            }
        }
        return new StartQuery(trigger, meta);
    }

    private static void variable(String name, Set<String> known) {
        if (!known.contains(name)) {
            String there = known.isEmpty()
                    ? "it has none"
                    : "it has " + String.join(", ", known.stream().sorted().toList());
            throw Refusal.badRequest("The flow has no variable " + Refusal.quoted(name) + "; " + there + ".");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The query is not well encoded: " + Refusal.quoted(text) + ".");
        }
    }
}
