package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksSystems.Call;
import io.patchbay.moving.PatchworksSystems.Target;
import io.patchbay.payload.Json;

/** Steps of Patchworks that call an endpoint of an outside system. */
final class PatchworksCalls {

    private static final String[] VARIABLES = {"variables", "endpoint_variables", "parameters"};
    private static final String[] FILTERS = {"filters", "optional_parameters", "endpoint_filters"};
    private static final String[] SCRIPT = {
        "response_script", "response_script_id", "response_script_version", "post_request_script"
    };

    private final PatchworksReading reading;
    private final PatchworksText texts;
    private final PatchworksScripts scripts;
    private final PatchworksValues values;
    private final PatchworksSystems systems;
    private final PatchworksFolders folders;
    private final Report report;

    PatchworksCalls(
            PatchworksText texts,
            PatchworksParts parts,
            PatchworksScripts scripts,
            PatchworksValues values,
            PatchworksSystems systems,
            Report report) {
        this.reading = parts.reading();
        this.texts = texts;
        this.scripts = scripts;
        this.values = values;
        this.systems = systems;
        this.folders = new PatchworksFolders(texts, parts, report);
        this.report = report;
    }

    Made connector(Node node, Fields config, Place at) {
        Target target = systems.target(config, at);
        if (target == null) {
            report.lost(
                    at,
                    node.shown() + " does not say which instance and endpoint it calls in a way that is understood",
                    "write connection: { instance: NAME, endpoint: ID } in its place");
            config.pass(VARIABLES);
            config.pass(FILTERS);
            config.pass("timeout", "request_timeout", "retries");
            return Translator.stopped(node);
        }
        Made made = PatchworksFolders.speaks(reading, target)
                ? folders.made(node, config, target, at)
                : called(config, target, at);
        around(made, config, at);
        return made;
    }

    private Made called(Fields config, Target target, Place at) {
        Call call = systems.call(target, at);
        ObjectNode settings =
                Json.NODES.objectNode().put("instance", call.instance()).put("endpoint", call.endpoint());
        ObjectNode with = Json.NODES.objectNode();
        values.read(config.get(VARIABLES), at.in(config.key(VARIABLES)), Names::variable, with);
        values.read(config.get(FILTERS), at.in(config.key(FILTERS)), Names::variable, with);
        with.fieldNames().forEachRemaining(name -> systems.input(call, name, at));
        call.given().properties().forEach(one -> {
            if (!with.has(one.getKey())) {
                with.put(one.getKey(), texts.text(one.getValue().asText(), at, false));
            }
        });
        if (!with.isEmpty()) {
            settings.set("with", with);
        }
        int size = config.whole(0, 1_000_000, "page_size", "limit", "page_limit");
        if (size > 0) {
            settings.put("pageSize", size);
        }
        output(config, settings, at);
        response(config, call, settings, at);
        Made made = new Made().shape("connection", settings);
        // A script of the answer gives what goes on by itself.
        boolean part = !call.data().isEmpty()
                && !settings.has("response")
                && !settings.path("output").asText().equals("input");
        return part ? made.takes(call.data()) : made;
    }

    private void output(Fields config, ObjectNode settings, Place at) {
        String handling = Fields.plain(config.text("response_handling", "output", "on_response"));
        if (handling.matches(".*(original|nothing|input|ignore).*")) {
            settings.put("output", "input");
        } else if (!handling.isEmpty() && !handling.contains("response")) {
            report.lost(
                    at,
                    "the response handling '" + SourceText.shown(handling)
                            + "' is not understood: what goes on is the answer",
                    "output is response, input or { into: NAME }");
        }
        String wrapping = Fields.plain(config.text("payload_wrapping", "wrapping", "wrap_payload"));
        if (!wrapping.isEmpty() && !wrapping.matches("raw|none|unwrapped|false|no")) {
            report.lost(
                    at,
                    "payload wrapping '" + SourceText.shown(wrapping) + "' is not translated",
                    "put a collect (all payloads) or a map with wrapOutput: true (each) before it");
        }
    }

    /** The script of the step comes before that of the endpoint, which is for each use of it. */
    private void response(Fields config, Call call, ObjectNode settings, Place at) {
        JsonNode own = config.get(SCRIPT);
        boolean said =
                !own.isMissingNode() && !(own.isValueNode() && own.asText().isBlank());
        JsonNode theirs = said ? own : call.judge();
        if (theirs.isMissingNode() || (theirs.isValueNode() && theirs.asText().isBlank())) {
            return;
        }
        ObjectNode named = Json.NODES.objectNode().set("script", theirs);
        JsonNode version = said ? config.get("response_script_version_id") : Json.NODES.missingNode();
        if (!version.isMissingNode()) {
            named.set("version", version);
        }
        String script = scripts.file(new Fields(named), at.in(said ? config.key(SCRIPT) : "endpoint"), false);
        if (script == null) {
            return;
        }
        ObjectNode ours = settings.putObject("response").putObject("script").put("file", script);
        JsonNode with = settings.path("with");
        if (!with.isEmpty()) {
            ours.set("variables", with.deepCopy());
        }
    }

    private void around(Made made, Fields config, Place at) {
        String[] times = {"request_timeout", "timeout", "timeout_seconds"};
        String timeout = config.text(times).strip().replaceFirst("(?i)\\s*s(ec(ond)?s?)?$", "");
        if (timeout.matches("[1-9][0-9]{0,6}")) {
            made.around("timeout", Translator.text(timeout + "s"));
        } else if (!timeout.isEmpty() && !timeout.equals("0")) {
            report.lost(
                    at.in(config.key(times)),
                    "the timeout '" + SourceText.shown(timeout) + "' is not understood",
                    "timeout: 40s");
        }
        String[] counts = {"retries", "max_retries", "retry_count", "retry"};
        String retries = config.text(counts).strip();
        if (retries.matches("[0-9]{1,2}")) {
            made.around("retries", Json.NODES.objectNode().put("count", Integer.parseInt(retries)));
        } else if (!retries.isEmpty()) {
            report.lost(
                    at.in(config.key(counts)),
                    "how often a call is tried again, '" + SourceText.shown(retries) + "', is not understood",
                    "retries: { count: 2 }");
        }
    }
}
