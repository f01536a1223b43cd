package io.patchbay.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of a start: {@code trigger=manual|api}, {@code revision=REVISION} and {@code var.NAME=VALUE}. It is read from the address alone: asking the
 * container for parameters would eat the body of a form.
 *
 * @param trigger what the run says started it
 * @param revision the revision that the run is to go through; null for the one that is active when it begins
 * @param meta metadata of the payload: {@code var.NAME} sets a variable
 */
record StartQuery(String trigger, @Nullable String revision, Map<String, String> meta) {

    private static final String VARIABLE = "var.";
    private static final Set<String> TRIGGERS = Set.of("api", "manual");

    static StartQuery of(@Nullable String query) {
        String trigger = "api";
        String revision = null;
        Map<String, String> meta = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = KnownParameters.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : KnownParameters.decoded(pair.substring(equals + 1));
            if (name.equals("trigger") && TRIGGERS.contains(value)) {
                trigger = value;
            } else if (name.equals("revision") && !value.isEmpty()) {
                revision = value;
            } else if (name.startsWith(VARIABLE)) {
                meta.put(name, value);
            } else if (!name.isEmpty()) {
                throw Refusal.badRequest(
                        "Parameter " + Refusal.quoted(name)
                                + " is not one of a start: there are trigger=api|manual, revision=REVISION and var.NAME=VALUE.");
            }
        }
        return new StartQuery(trigger, revision, meta);
    }

    /** Refuses a variable that the flow does not have. */
    void check(Set<String> variables) {
        meta.keySet().forEach(name -> variable(name.substring(VARIABLE.length()), variables));
    }

    private static void variable(String name, Set<String> known) {
        if (!known.contains(name)) {
            String there = known.isEmpty()
                    ? "it has none"
                    : "it has " + String.join(", ", known.stream().sorted().toList());
            throw Refusal.badRequest("The flow has no variable " + Refusal.quoted(name) + "; " + there + ".");
        }
    }
}
