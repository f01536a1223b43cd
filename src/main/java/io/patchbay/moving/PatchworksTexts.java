package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts of connector definitions, whose variables become settings and inputs, and what they read of a payload inputs that the step gives. */
final class PatchworksTexts {

    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\{(\\s*[A-Za-z_][^{}]*)}}|\\[\\[(\\s*[A-Za-z_][^\\[\\]]*)]]");

    private final Report report;
    private ObjectNode inputs = Json.NODES.objectNode();
    private ObjectNode given = Json.NODES.objectNode();

    PatchworksTexts(Report report) {
        this.report = report;
    }

    /** Begins an endpoint; what a step gives it by itself goes into the second. */
    void begin(ObjectNode endpoint, ObjectNode stepGives) {
        inputs = endpoint;
        given = stepGives;
    }

    /** The endpoint that is being made. */
    ObjectNode endpoint() {
        return inputs;
    }

    /**
     * A text with the variables of a definition as placeholders of a connector.
     *
     * @param endpoint null where it is a text of the whole connector
     */
    String definition(ObjectNode connector, @Nullable ObjectNode endpoint, String theirs, Place at) {
        Matcher matcher = VARIABLE.matcher(theirs);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(theirs.substring(end, matcher.start())));
            out.append(variable(connector, endpoint, matcher, at));
            end = matcher.end();
        }
        return out.append(Translator.literal(theirs.substring(end))).toString();
    }

    private String variable(ObjectNode connector, @Nullable ObjectNode endpoint, Matcher matcher, Place at) {
        boolean square = matcher.group(2) != null;
        String inside = (square ? matcher.group(2) : matcher.group(1)).strip();
        boolean data = square
                ? inside.matches("payload|payload\\..+|meta\\..+")
                : inside.startsWith("flow.variables.") || inside.equals("original_filename");
        if (endpoint != null && data) {
            String name = Names.variable(inside.replaceFirst("^flow\\.variables\\.", "flow_"));
            inputs.withObjectProperty("inputs").withObjectProperty(name).put("type", "any");
            given.put(name, matcher.group());
            return "${with." + name + "}";
        }
        if (endpoint != null && square && inside.startsWith("pagination.")) {
            return "${page." + Names.variable(inside.substring(11)) + "}";
        }
        if (square || data) {
            report.lost(
                    at,
                    "'" + SourceText.shown(matcher.group()) + "' cannot be read here; it stands as text",
                    "what a connector reads are settings, and inputs that a flow gives under with");
            return Translator.literal(matcher.group());
        }
        String name = Names.variable(inside);
        if (PatchworksSettings.declares(connector, name)
                && !(endpoint != null && endpoint.path("inputs").has(name))) {
            return "${settings." + name + "}";
        }
        if (endpoint == null) {
            return PatchworksSettings.read(connector, inside);
        }
        ObjectNode all = endpoint.withObjectProperty("inputs");
        if (!all.has(name)) {
            all.putObject(name);
        }
        return "${with." + name + "}";
    }
}
