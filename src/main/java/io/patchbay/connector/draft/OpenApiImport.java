package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.openapi.ApiDocument;
import io.patchbay.connector.openapi.ApiDocument.Asked;
import io.patchbay.connector.openapi.ApiDocument.Content;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a connector of an OpenAPI or Swagger document. */
final class OpenApiImport {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]+)\\}");
    private static final List<String> RECORDS =
            List.of("data", "items", "results", "records", "value", "values", "entries", "rows", "content", "list");
    private static final int LONGEST_TITLE = 120;

    private final ApiDocument document;
    private final SchemaDraft schemas;
    private final Draft draft;
    private final EndpointNames names = new EndpointNames();

    private OpenApiImport(ApiDocument document, Draft draft) {
        this.document = document;
        this.schemas = new SchemaDraft(document);
        this.draft = draft;
    }

    /**
     * Reads a document.
     *
     * @param id of the connector; null to take it from the title
     */
    static Draft read(JsonNode root, @Nullable String id) {
        ApiDocument document = new ApiDocument(root);
        if (!document.known()) {
            throw new DraftException(
                    "this is no OpenAPI 3 and no Swagger 2.0 document: there is no 'openapi: 3.…' in it");
        }
        JsonNode info = root.path("info");
        String title = info.path("title").asText("API");
        String own = Draft.kebab(title.replaceAll("(?i)\\b(rest|api|openapi|swagger|v[0-9]+)\\b", " "));
        Draft draft = new Draft(id != null ? id : own.isEmpty() ? "api" : own, title);
        new OpenApiImport(document, draft).read();
        return draft;
    }

    private void read() {
        JsonNode docs = document.root().path("externalDocs").path("url");
        if (docs.asText().startsWith("https://")) {
            draft.root().put("docsUrl", docs.asText());
        }
        requester();
        new ApiProofs(draft).add(document.proofs());
        draft.at("endpoints");
        for (Asked asked : document.operations()) {
            endpoint(asked);
        }
        if (draft.at("endpoints").isEmpty()) {
            throw new DraftException("the document has no operations: 'paths' is empty");
        }
        CheckGuess.of(draft.at("endpoints")).ifPresent(endpoint -> {
            draft.at("check").put("endpoint", endpoint);
            draft.guess("check", "'" + endpoint + "' needs nothing, so it shows whether an instance works");
        });
        document.outside()
                .forEach(reference -> draft.leaveOut("what '" + reference + "' leads to: it is not in this file"));
    }

    private void requester() {
        String url = document.swagger()
                ? (document.root().path("host").isTextual()
                        ? "https://" + document.root().path("host").asText()
                                + document.root().path("basePath").asText("")
                        : "")
                : document.root().path("servers").path(0).path("url").asText();
        Matcher variables = PARAMETER.matcher(url);
        StringBuilder base = new StringBuilder();
        while (variables.find()) {
            String name = Draft.camel(variables.group(1));
            JsonNode variable =
                    document.root().path("servers").path(0).path("variables").path(variables.group(1));
            ObjectNode property = Json.NODES.objectNode();
            copy(variable, property, "description", "default");
            if (variable.path("enum").isArray()) {
                property.set("enum", variable.path("enum"));
            }
            draft.setting(name, property, false);
            variables.appendReplacement(base, Matcher.quoteReplacement("${settings." + name + "}"));
        }
        variables.appendTail(base);
        String address = base.toString().replaceAll("/+$", "");
        if (!address.matches("https?://.+")) {
            draft.setting(
                    "host",
                    Json.NODES
                            .objectNode()
                            .put("description", "Host of the system")
                            .put("example", "api.example.com"),
                    false);
            address = "https://${settings.host}" + (address.startsWith("/") ? address : "");
            draft.guess("requester", "the description does not say where the system is; an instance does");
        }
        draft.at("requester").put("baseUrl", address).put("timeout", "30s");
    }

    private static void copy(JsonNode from, ObjectNode to, String... keys) {
        for (String key : keys) {
            if (from.has(key) && !from.path(key).isNull()) {
                to.set(
                        key,
                        from.path(key).isTextual()
                                ? Json.NODES.textNode(line(from.path(key).asText()))
                                : from.path(key));
            }
        }
    }

    private void endpoint(Asked asked) {
        Content answer = document.answer(asked);
        Records records =
                answer != null && answer.json() && asked.method().equals("GET") ? records(answer.schema()) : null;
        boolean list = records != null;
        String id = names.next(asked.method(), asked.path(), list, asked.id());
        ObjectNode endpoint = draft.at("endpoints", id);
        endpoint.put("kind", EndpointNames.kind(asked.method(), list));
        String title = line(asked.operation().path("summary").asText(""));
        if (!title.isEmpty()) {
            endpoint.put("title", title);
        }
        ObjectNode paginator = records == null ? Json.NODES.objectNode() : paginator(asked, id, records);
        Map<String, String> inputs = inputs(asked, endpoint, PagingGuess.setBy(paginator));
        endpoint.put("method", asked.method());
        endpoint.put("path", path(asked.path(), inputs));
        request(asked, endpoint, inputs, id);
        response(answer, endpoint);
        if (records != null) {
            endpoint.putObject("recordSelector").put("path", records.path());
            if (records.guessed()) {
                draft.guess("endpoints/" + id + "/recordSelector", "the records stand at " + records.path());
            }
            if (!paginator.isEmpty()) {
                endpoint.set("paginator", paginator);
            }
            SinceGuess.of(document.query(asked), records.record())
                    .ifPresent(why -> draft.guess("endpoints/" + id, why));
        } else if (answer != null && answer.json()) {
            endpoint.putObject("recordSelector").put("path", "$");
        }
        new EndpointSchema(document, draft, schemas).add(asked, id, endpoint, answer);
        fixture(asked, id, endpoint, answer);
    }

    /** Where the records of an answer stand, and what stands beside them. */
    private record Records(String path, boolean guessed, ObjectNode beside, ObjectNode record) {}

    private @Nullable Records records(JsonNode schema) {
        if (document.isList(schema)) {
            return new Records("$[*]", false, Json.NODES.objectNode(), document.item(schema));
        }
        ObjectNode properties = document.properties(schema);
        String best = null;
        int lists = 0;
        for (Map.Entry<String, JsonNode> one : properties.properties()) {
            if (document.isList(one.getValue()) && isObject(one.getValue().path("items"))) {
                lists++;
                boolean known = RECORDS.contains(one.getKey().toLowerCase(java.util.Locale.ROOT));
                best = best == null || known ? one.getKey() : best;
            }
        }
        boolean sure = best != null && RECORDS.contains(best.toLowerCase(java.util.Locale.ROOT));
        if (best == null || (lists > 1 && !sure) || (!sure && properties.size() > 8)) {
            return null;
        }
        return new Records(
                PagingGuess.step("$", best) + "[*]", true, beside(properties, 0), document.item(properties.path(best)));
    }

    private boolean isObject(JsonNode items) {
        JsonNode schema = document.resolved(items);
        return schema.path("type").asText("object").equals("object") && !schema.has("enum");
    }

    private ObjectNode beside(ObjectNode properties, int depth) {
        ObjectNode names = Json.NODES.objectNode();
        for (Map.Entry<String, JsonNode> one : properties.properties()) {
            if (document.isList(one.getValue())) {
                continue;
            }
            ObjectNode below = document.properties(one.getValue());
            if (!below.isEmpty() && depth < 2) {
                names.set(one.getKey(), beside(below, depth + 1));
            } else {
                boolean url = one.getValue().path("format").asText().matches("ur[il].*");
                names.put(one.getKey(), url ? "url" : "value");
            }
        }
        return names;
    }

    private ObjectNode paginator(Asked asked, String id, Records records) {
        int most = 0;
        for (JsonNode parameter : asked.parameters()) {
            if (parameter.path("in").asText().equals("query")) {
                JsonNode maximum = document.schema(parameter).path("maximum");
                if (parameter.path("name").asText().matches("(?i).*(limit|size|per.?page|top|count).*")) {
                    most = maximum.asInt(most);
                }
            }
        }
        return new PagingGuess(document.query(asked), records.beside(), document.answersHeader(asked, "Link"))
                .guess(Math.min(most, 10_000))
                .map(guess -> {
                    draft.guess("endpoints/" + id + "/paginator", guess.why());
                    return guess.paginator();
                })
                .orElseGet(Json.NODES::objectNode);
    }

    /** Declares the inputs. @return their names by "in:name" of the description */
    private Map<String, String> inputs(Asked asked, ObjectNode endpoint, Set<String> paged) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (JsonNode parameter : asked.parameters()) {
            String in = parameter.path("in").asText();
            String name = parameter.path("name").asText();
            boolean ours = in.equals("header") && name.matches("(?i)accept|content-type|authorization");
            if (!List.of("path", "query", "header").contains(in)
                    || ours
                    || (in.equals("query") && paged.contains(name))) {
                continue;
            }
            String input = Draft.camel(name);
            if (inputs.containsValue(input)) {
                input = input + Draft.camel("in-" + in);
            }
            inputs.put(in + ":" + name, input);
            endpoint.withObjectProperty("inputs").set(input, input(parameter, in));
        }
        Matcher undeclared = PARAMETER.matcher(asked.path());
        while (undeclared.find()) {
            if (!inputs.containsKey("path:" + undeclared.group(1))) {
                String input = Draft.camel(undeclared.group(1));
                inputs.put("path:" + undeclared.group(1), input);
                endpoint.withObjectProperty("inputs").putObject(input);
            }
        }
        return inputs;
    }

    private ObjectNode input(JsonNode parameter, String in) {
        JsonNode schema = document.schema(parameter);
        ObjectNode input = Json.NODES.objectNode();
        String type = schema.path("type").isArray()
                ? schema.path("type").path(0).asText()
                : schema.path("type").asText("string");
        if (List.of("integer", "number", "boolean", "array", "object").contains(type)) {
            input.put("type", type);
        }
        if (!in.equals("path") && !parameter.path("required").asBoolean()) {
            input.put("required", false);
        }
        if (type.equals("string") && schema.path("enum").isArray()) {
            ArrayNode choices = input.putArray("enum");
            schema.path("enum").forEach(one -> choices.add(one.asText()));
        }
        JsonNode example = parameter.has("example") ? parameter.path("example") : schema.path("example");
        if (example.isValueNode() && !example.isMissingNode() && !example.isNull()) {
            input.set("example", example);
        }
        copy(parameter, input, "description");
        return input;
    }

    private static String path(String path, Map<String, String> inputs) {
        Matcher matcher = PARAMETER.matcher(path);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String input = inputs.getOrDefault("path:" + matcher.group(1), Draft.camel(matcher.group(1)));
            matcher.appendReplacement(out, Matcher.quoteReplacement("${with." + input + "}"));
        }
        return matcher.appendTail(out).toString();
    }

    private void request(Asked asked, ObjectNode endpoint, Map<String, String> inputs, String id) {
        ObjectNode request = Json.NODES.objectNode();
        inputs.forEach((key, input) -> {
            String name = key.substring(key.indexOf(':') + 1);
            if (!key.startsWith("path:")) {
                String part = key.startsWith("query:") ? "query" : "headers";
                request.withObjectProperty(part).put(name, "${with." + input + "}");
            }
        });
        Content body = document.request(asked);
        if (body != null && body.type().contains("x-www-form-urlencoded")) {
            ObjectNode form = Json.NODES.objectNode().put("type", "form");
            ObjectNode template = form.putObject("template");
            document.properties(body.schema())
                    .fieldNames()
                    .forEachRemaining(field -> put(template, field, Draft.field(field), id));
            if (!template.isEmpty()) {
                request.set("body", form);
                draft.guess(
                        "endpoints/" + id + "/request",
                        "the form's fields are taken from fields of the record with their names");
            }
        } else if (body != null && !body.json()) {
            draft.leaveOut("the body of " + id + ", which is " + body.type() + "; the payload is sent as it is");
        } else if (body == null && List.of("POST", "PUT", "PATCH").contains(asked.method())) {
            request.putObject("body").put("type", "none");
        }
        if (!request.isEmpty()) {
            endpoint.set("request", request);
        }
    }

    private void put(ObjectNode template, String field, @Nullable String placeholder, String id) {
        if (placeholder == null) {
            draft.leaveOut("form field '" + line(field) + "' of " + id + ": no field of a record has such a name");
        } else {
            template.put(field, placeholder);
        }
    }

    private static void response(@Nullable Content answer, ObjectNode endpoint) {
        if (answer == null || answer.json()) {
            return;
        }
        String type = answer.type().toLowerCase(java.util.Locale.ROOT);
        String format = type.contains("xml")
                ? "xml"
                : type.contains("ndjson") || type.contains("jsonl")
                        ? "ndjson"
                        : type.contains("csv") ? "csv" : type.startsWith("text/") ? "text" : "binary";
        endpoint.putObject("response").put("format", format);
        if (format.equals("csv") || format.equals("ndjson")) {
            endpoint.putObject("recordSelector").put("path", "$[*]");
        }
    }

    private void fixture(Asked asked, String id, ObjectNode endpoint, @Nullable Content answer) {
        if (answer == null || !answer.json() || !answer.example().isContainerNode()) {
            return;
        }
        ObjectNode fixture = Json.NODES.objectNode().put("endpoint", id);
        ObjectNode with = Json.NODES.objectNode();
        for (Map.Entry<String, JsonNode> input : endpoint.path("inputs").properties()) {
            boolean needed = input.getValue().path("required").asBoolean(true);
            if (needed && !input.getValue().has("example")) {
                return;
            }
            if (needed) {
                with.set(input.getKey(), input.getValue().path("example"));
            }
        }
        if (!with.isEmpty()) {
            fixture.set("with", with);
        }
        Content sent = document.request(asked);
        JsonNode payload = sent != null && sent.json() ? sent.example() : null;
        boolean form =
                endpoint.path("request").path("body").path("type").asText().equals("form");
        if (form || (payload != null && !payload.isObject())) {
            return;
        }
        if (payload != null) {
            fixture.set("payload", payload);
        }
        ObjectNode request = new FixtureRequest(draft, endpoint, with).of();
        if (request == null) {
            return;
        }
        if (payload != null) {
            request.set("body", payload);
        }
        fixture.set("request", request);
        ObjectNode response = fixture.putObject("response").put("status", document.status(asked));
        response.set("body", answer.example());
        String path = endpoint.path("recordSelector").path("path").asText("$");
        fixture.put("records", RecordPath.parse(path).records(answer.example()).size());
        draft.fixture(id, fixture);
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE - 1) + "…" : line;
    }
}
