package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.problem.DidYouMean;
import io.patchbay.run.Variables;
import io.patchbay.service.EntityEndpoints;
import io.patchbay.service.ServiceDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen for a new service: said by options, or asked for among what there is.
 *
 * @param catalog connectors and instances that there are
 * @param asks whether anything is asked for at all
 */
record ServiceChoices(Catalog catalog, Questions questions, boolean asks) {

    String text(String question, String option, @Nullable String given) {
        return given == null ? questions.text(question, option, null) : given;
    }

    /** Empty where nothing is asked for. */
    String optional(String question, String option) {
        return asks ? questions.text(question, option, "") : "";
    }

    boolean yes(String question, String option, boolean usual) {
        return questions.yes(question, option, usual);
    }

    String instance(String question, String option, @Nullable String given) {
        List<String> names = List.copyOf(new TreeSet<>(catalog.instanceNames()));
        if (given == null) {
            if (names.isEmpty()) {
                throw new Refused(Refused.WRONG_USE, "There are no instances: make one of each system first.");
            }
            return questions.choice(question, option, names);
        }
        if (!names.contains(given)) {
            String hint = DidYouMean.hint(given, names);
            throw new Refused(
                    Refused.WRONG_USE,
                    "There is no instance '" + given + "'." + (hint == null ? "" : "\n  hint: " + hint));
        }
        return given;
    }

    String entity(String source, @Nullable String given) {
        return given == null
                ? questions.choice("Records", "--entity", endpoints(source).entities())
                : given;
    }

    List<String> lists(String instance, String entity) {
        return endpoints(instance).lists(entity);
    }

    List<String> sends(String instance, String entity) {
        return endpoints(instance).sends(entity);
    }

    private EntityEndpoints endpoints(String instance) {
        return new EntityEndpoints(connector(instance));
    }

    private Connector connector(String name) {
        Instance instance = catalog.instance(name);
        if (instance == null) {
            throw new Refused(Refused.WRONG_USE, "There is no instance '" + name + "'.");
        }
        return instance.connector();
    }

    /** An instance with its endpoint, and values for those inputs of it that must have one. */
    ServiceDraft.Side side(
            String instance,
            List<String> ids,
            String endpointOption,
            @Nullable String given,
            String withOption,
            Map<String, String> values) {
        String id = given != null
                ? given
                : asks && ids.size() != 1
                        ? questions.choice("Endpoint of " + instance, endpointOption, ids)
                        : ids.stream()
                                .findFirst()
                                .orElseThrow(() -> new Refused(
                                        Refused.WRONG_USE,
                                        instance + " has no endpoint for that; name one with " + endpointOption + "."));
        Map<String, JsonNode> with = new LinkedHashMap<>();
        values.forEach((name, value) -> with.put(name, Variables.typed(value)));
        Endpoint endpoint = connector(instance).endpoint(id);
        if (asks && endpoint != null) {
            endpoint.config().inputs().forEach((name, input) -> {
                boolean needed = input.fallback() == null && !Boolean.FALSE.equals(input.required());
                if (needed && !with.containsKey(name)) {
                    with.put(name, Variables.typed(questions.text(name + " of " + id, withOption, null)));
                }
            });
        }
        return new ServiceDraft.Side(instance, id, with);
    }

    /** What options said, or answers until an empty one. */
    List<JsonNode> several(String question, List<String> given, Function<String, JsonNode> read) {
        List<JsonNode> all = new ArrayList<>();
        given.forEach(one -> all.add(read.apply(one)));
        while (asks && given.isEmpty()) {
            String answer = questions.text(question, "options", "");
            if (answer.isEmpty()) {
                break;
            }
            try {
                all.add(read.apply(answer));
            } catch (Refused e) {
                questions.say(String.valueOf(e.getMessage()));
            }
        }
        return all;
    }
}
