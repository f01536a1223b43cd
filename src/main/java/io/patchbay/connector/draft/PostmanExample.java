package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A saved answer of a Postman collection as a fixture. */
final class PostmanExample {

    private static final Pattern PART = Pattern.compile("\\{\\{([^{}]+)\\}\\}|(?<=/):([A-Za-z0-9_-]+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    private static final Pattern NAMES =
            Pattern.compile("(?i)secret|token|passw|api[_-]?key|signature|^sig$|authori[sz]ation|credential");
    private static final Pattern PAGES = Pattern.compile("(?i)page|next|cursor|continu");

    private final Draft draft;
    private final UnaryOperator<String> secretless;

    /** @param secretless takes the collection's secrets out of a text */
    PostmanExample(Draft draft, UnaryOperator<String> secretless) {
        this.draft = draft;
        this.secretless = secretless;
    }

    /** Adds a fixture of the first saved answer that is JSON and good, if what was asked for it is known. */
    void add(JsonNode item, String id, ObjectNode endpoint) {
        for (JsonNode saved : item.path("response")) {
            JsonNode body = json(saved.path("body").asText());
            int status = saved.path("code").asInt(200);
            if (body.isContainerNode() && status < 300) {
                fixture(item.path("request"), saved.path("originalRequest"), id, endpoint, status, body);
                return;
            }
        }
    }

    private void fixture(
            JsonNode request, JsonNode original, String id, ObjectNode endpoint, int status, JsonNode body) {
        JsonNode asked = original.isObject() ? original : request;
        ObjectNode with = with(request, asked, endpoint);
        JsonNode sent = json(asked.path("body").path("raw").asText());
        ObjectNode made = new FixtureRequest(draft, endpoint, with).of();
        boolean other = endpoint.path("request").has("body")
                && !endpoint.at("/request/body/type").asText().equals("none");
        if (made == null || other || (sent.isContainerNode() && !sent.isObject())) {
            return;
        }
        ObjectNode fixture = Json.NODES.objectNode().put("endpoint", id);
        if (!with.isEmpty()) {
            fixture.set("with", with);
        }
        if (sent.isObject()) {
            fixture.set("payload", sent);
            made.set("body", sent);
        }
        fixture.set("request", made);
        fixture.putObject("response").put("status", status).set("body", body);
        String path = endpoint.path("recordSelector").path("path").asText("$");
        fixture.put("records", RecordPath.parse(path).records(body).size());
        draft.fixture(id, fixture);
    }

    /** Values of the inputs: of the path from what was asked, else an example that says what it is. */
    private ObjectNode with(JsonNode request, JsonNode asked, ObjectNode endpoint) {
        ObjectNode with = Json.NODES.objectNode();
        for (JsonNode one : asked.path("url").path("variable")) {
            put(with, endpoint, one.path("key").asText(), one.path("value").asText());
        }
        String raw = request.path("url").isTextual()
                ? request.path("url").asText()
                : request.path("url").path("raw").asText();
        Matcher part = PART.matcher(raw.replaceFirst("^\\{\\{[^{}]+\\}\\}", "").replaceFirst("[?#].*$", ""));
        while (part.find()) {
            String name = part.group(1) != null ? part.group(1) : part.group(2);
            if (!with.has(Draft.camel(name))) {
                put(with, endpoint, name, "example");
            }
        }
        for (JsonNode one : asked.path("url").path("query")) {
            put(with, endpoint, one.path("key").asText(), one.path("value").asText());
        }
        return with;
    }

    private void put(ObjectNode with, ObjectNode endpoint, String name, String value) {
        String input = Draft.camel(name);
        if (endpoint.path("inputs").has(input) && PLAIN.matcher(value).matches()) {
            with.put(input, secretName(name) ? "example" : secretless.apply(value));
        }
    }

    /** Whether what is called like this is better not kept, wherever it was saved. */
    private static boolean secretName(String name) {
        return NAMES.matcher(name).find() && !PAGES.matcher(name).find();
    }

    /** The same without the values of members that are called like secrets. */
    private static void hide(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                if (member.getValue().isTextual() && secretName(member.getKey())) {
                    member.setValue(Json.NODES.textNode("***"));
                } else {
                    hide(member.getValue());
                }
            });
        } else {
            tree.forEach(PostmanExample::hide);
        }
    }

    private JsonNode json(String text) {
        try {
            JsonNode tree = text.isBlank() ? MissingNode.getInstance() : Json.LAST.readTree(secretless.apply(text));
            hide(tree);
            return tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
