package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.run.Variables;
import io.patchbay.service.OneRun;
import io.patchbay.service.ServiceFlow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a service has otherwise than usual, read from the query of its start.
 *
 * @param variables of the flow, as a start has them
 * @param source what is otherwise of the service's source
 */
record ServiceRunQuery(Map<String, String> variables, OneRun source) {

    private static final String WITH = "with.";
    private static final int MOST_ITEMS = 1_000;

    ServiceRunQuery {
        variables = Map.copyOf(variables);
    }

    /** @param constants inputs of the source's endpoint that a run may give another value, with those that they have in what runs */
    static ServiceRunQuery of(Map<String, JsonNode> constants, @Nullable String query) {
        Reading reading = new Reading(constants);
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = KnownParameters.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : KnownParameters.decoded(pair.substring(equals + 1));
            reading.take(name, value);
        }
        return reading.done();
    }

    private static final class Reading {

        private final ArrayNode only = Json.NODES.arrayNode();
        private final ObjectNode with = Json.NODES.objectNode();
        private final Map<String, String> variables = new LinkedHashMap<>();
        private final Map<String, JsonNode> constants;
        private @Nullable Integer pageSize;
        private @Nullable Integer attempts;
        private @Nullable String zone;

        Reading(Map<String, JsonNode> constants) {
            this.constants = constants;
            constants.forEach(with::set);
        }

        void take(String name, String value) {
            if (name.equals("only")) {
                only.add(reference(value));
            } else if (name.equals("unfiltered")) {
                variables.put("var." + ServiceFlow.UNFILTERED, flag(name, value));
            } else if (name.equals("pageSize")) {
                pageSize = number(name, value);
            } else if (name.equals("attempts")) {
                attempts = number(name, value);
            } else if (name.equals("zone")) {
                zone = value;
            } else if (name.startsWith(WITH)) {
                input(name.substring(WITH.length()), value);
            } else if (!name.isEmpty()) {
                throw Refusal.badRequest("Parameter " + Refusal.quoted(name)
                        + " is none of a service's run: there are only=REFERENCE, unfiltered=true, with.NAME=VALUE, pageSize=NUMBER,"
                        + " attempts=NUMBER and zone=ZONE.");
            }
        }

        /** An empty one would be none, and the run one for all items. */
        private static String reference(String value) {
            if (value.isEmpty()) {
                throw Refusal.badRequest("only is the reference of an item, found nothing.");
            }
            return value;
        }

        private static String flag(String name, String value) {
            if (!value.equals("true") && !value.equals("false")) {
                throw Refusal.badRequest(name + " is true or false, found " + Refusal.quoted(value) + ".");
            }
            return value;
        }

        private static int number(String name, String value) {
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw Refusal.badRequest(name + " is a whole number, found " + Refusal.quoted(value) + ".");
            }
        }

        /** Only what has a value already can have another one: a slip in its name would else ask for everything. */
        private void input(String name, String value) {
            if (!with.has(name)) {
                String there = with.isEmpty() ? "it gives none" : "it gives " + String.join(", ", constants.keySet());
                throw Refusal.badRequest("What runs of the service gives no input " + Refusal.quoted(name)
                        + " a value that a run could change; " + there + ".");
            }
            JsonNode was = with.get(name);
            with.set(name, was.isTextual() ? Json.NODES.textNode(value) : Variables.typed(value));
        }

        ServiceRunQuery done() {
            if (only.size() > MOST_ITEMS) {
                throw Refusal.badRequest("A run is for " + MOST_ITEMS + " items at most, found " + only.size() + ".");
            }
            variables.put("var." + ServiceFlow.ONLY, only.toString());
            variables.put("var." + ServiceFlow.WITH, with.toString());
            try {
                return new ServiceRunQuery(variables, new OneRun(pageSize, attempts, zone));
            } catch (IllegalArgumentException e) {
                throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
            }
        }
    }
}
