package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a connector of a Postman collection (format 2.0 and 2.1). Values that look like secrets are not taken over. */
final class PostmanImport {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]+)\\}\\}");
    private static final int DEEPEST = 20;
    private static final Pattern SECRET = Pattern.compile("(?i)secret|token|password|key|auth");

    /** A shorter value is an ordinary word like header. */
    private static final int SHORTEST = 8;

    private final JsonNode root;
    private final Draft draft;
    private final EndpointNames names = new EndpointNames();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private @Nullable String base;

    private PostmanImport(JsonNode root, Draft draft) {
        this.root = root;
        this.draft = draft;
    }

    /**
     * Reads a collection.
     *
     * @param id of the connector; null to take it from the name
     */
    static Draft read(JsonNode root, @Nullable String id) {
        JsonNode info = root.path("info");
        if (!root.path("item").isArray() || !info.path("name").isTextual()) {
            throw new DraftException(
                    "this is no Postman collection of format 2: there is no 'info' with a name, or no 'item'");
        }
        String own = Draft.kebab(info.path("name").asText().replaceAll("(?i)\\b(rest|api|v[0-9]+)\\b", " "));
        Draft draft = new Draft(
                id != null ? id : own.isEmpty() ? "api" : own, info.path("name").asText());
        new PostmanImport(root, draft).read();
        return draft;
    }

    private void read() {
        for (JsonNode variable : root.path("variable")) {
            variables.put(
                    variable.path("key").asText(variable.path("id").asText()),
                    variable.path("value").asText());
        }
        auth(root.path("auth"));
        items(root.path("item"), 0);
        if (!draft.root().has("endpoints")) {
            throw new DraftException("the collection has no requests");
        }
        if (!draft.root().has("auth")) {
            draft.at("auth").putObject("none").put("type", "none");
        }
    }

    private void items(JsonNode items, int depth) {
        for (JsonNode item : items) {
            if (item.path("item").isArray() && depth < DEEPEST) {
                items(item.path("item"), depth + 1);
            } else if (item.has("request")) {
                request(item);
            }
        }
    }

    private void auth(JsonNode auth) {
        ApiProofs proofs = new ApiProofs(draft);
        switch (auth.path("type").asText("noauth")) {
            case "noauth" -> {
                // nothing to prove
            }
            case "basic", "digest" ->
                draft.at("auth").set("basic", proofs.basic(auth.path("type").asText()));
            case "bearer" -> draft.at("auth").set("bearer", proofs.bearer());
            case "apikey" ->
                draft.at("auth")
                        .set("apiKey", proofs.key(value(auth, "in", "header"), value(auth, "key", "X-Api-Key")));
            case "oauth2" -> {
                String url = value(auth, "accessTokenUrl", "");
                String page = value(auth, "authUrl", "");
                String grant = value(auth, "grant_type", "authorization_code");
                if (url.startsWith("https://") && grant.contains("client")) {
                    draft.at("auth").set("oauth", proofs.credentials(url));
                } else if (url.startsWith("https://")
                        && page.startsWith("https://")
                        && grant.startsWith("authorization_code")) {
                    draft.at("auth").set("oauth", proofs.code(page, url));
                } else {
                    draft.leaveOut("authentication by OAuth 2.0, grant " + grant
                            + ": a connector has not this grant, or an address of it is no https one");
                }
            }
            default ->
                draft.leaveOut("authentication of type " + auth.path("type").asText());
        }
    }

    /** A text without the values that the collection proves who calls with, or keeps in variables that are called like secrets. */
    private String secretless(String text) {
        List<String> values = new ArrayList<>();
        for (JsonNode auth : root.findValues("auth")) {
            JsonNode of = auth.path(auth.path("type").asText());
            of.forEach(one -> values.add(one.isObject() ? one.path("value").asText() : one.asText()));
        }
        variables.forEach((name, value) -> {
            if (SECRET.matcher(name).find()) {
                values.add(value);
            }
        });
        String without = text;
        for (String value : values) {
            without = value.length() < SHORTEST ? without : without.replace(value, "***");
        }
        return without;
    }

    /** Format 2.1 lists keys and values, 2.0 has an object. */
    private String value(JsonNode auth, String key, String otherwise) {
        JsonNode of = auth.path(auth.path("type").asText());
        for (JsonNode one : of) {
            if (one.path("key").asText().equals(key)) {
                return known(one.path("value").asText(otherwise));
            }
        }
        return known(of.path(key).asText(otherwise));
    }

    private String known(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = variables.getOrDefault(matcher.group(1).strip(), matcher.group());
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    private void request(JsonNode item) {
        JsonNode request = item.path("request");
        String raw = request.path("url").isTextual()
                ? request.path("url").asText()
                : request.path("url").path("raw").asText();
        String method = request.path("method").asText("GET").toUpperCase(Locale.ROOT);
        String url = raw.replaceFirst("[?#].*$", "");
        Matcher begin =
                Pattern.compile("^(\\{\\{[^{}]+\\}\\}|https?://[^/]+)(/.*)?$").matcher(url);
        if (!begin.matches()
                || !Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD").contains(method)) {
            draft.leaveOut(
                    "request '" + item.path("name").asText() + "': " + method + " of '" + raw + "' is not understood");
            return;
        }
        if (base == null) {
            base = begin.group(1);
            requester(base);
        } else if (!base.equals(begin.group(1))) {
            draft.leaveOut("request '" + item.path("name").asText() + "': it goes to " + begin.group(1) + " and not to "
                    + base);
            return;
        }
        JsonNode answer = answer(item);
        String path = begin.group(2) == null ? "" : begin.group(2);
        String list = method.equals("GET") ? list(answer) : null;
        String id = names.next(
                method,
                path.replaceAll("/:[^/]+", "/{id}").replaceAll("\\{\\{[^{}]+\\}\\}", "{id}"),
                list != null,
                item.path("name").asText());
        endpoint(item, id, method, path, list, answer);
    }

    private void requester(String of) {
        String address = Draft.literal(known(of).replaceAll("/+$", ""));
        if (!address.matches("https?://[A-Za-z0-9.:-]+(/.*)?")) {
            draft.setting(
                    "host",
                    Json.NODES
                            .objectNode()
                            .put("description", "Host of the system")
                            .put("example", "api.example.com"),
                    false);
            draft.guess("requester", "the collection does not say where the system is; an instance does");
            address = "https://${settings.host}";
        }
        draft.at("requester").put("baseUrl", address).put("timeout", "30s");
    }

    private void endpoint(
            JsonNode item, String id, String method, String path, @Nullable String list, JsonNode answer) {
        JsonNode request = item.path("request");
        ObjectNode endpoint = draft.at("endpoints", id);
        endpoint.put("kind", EndpointNames.kind(method, list != null));
        String name = item.path("name").asText("").replaceAll("\\s+", " ").strip();
        if (!name.isEmpty()) {
            endpoint.put("title", name);
        }
        Set<String> query = new TreeSet<>();
        request.path("url")
                .path("query")
                .forEach(one -> query.add(one.path("key").asText()));
        var paging = list == null
                ? java.util.Optional.<PagingGuess.Guess>empty()
                : new PagingGuess(query, beside(answer), false).guess(0);
        Set<String> paged =
                paging.map(guess -> PagingGuess.setBy(guess.paginator())).orElse(Set.of());
        ObjectNode sent = Json.NODES.objectNode();
        endpoint.put("method", method);
        endpoint.put("path", placeholders(path, endpoint));
        for (JsonNode one : request.path("url").path("query")) {
            String key = one.path("key").asText();
            if (!key.isEmpty() && !paged.contains(key)) {
                String input = Draft.camel(key);
                ObjectNode declared =
                        endpoint.withObjectProperty("inputs").putObject(input).put("required", false);
                if (one.path("value").asText("").matches("[A-Za-z0-9_.-]{1,40}")) {
                    declared.put("example", one.path("value").asText());
                }
                sent.withObjectProperty("query").put(key, "${with." + input + "}");
            }
        }
        body(request, method, sent, id);
        if (!sent.isEmpty()) {
            endpoint.set("request", sent);
        }
        if (list != null) {
            endpoint.putObject("recordSelector").put("path", list);
            draft.guess("endpoints/" + id + "/recordSelector", "from the example of an answer");
        } else if (answer.isContainerNode()) {
            endpoint.putObject("recordSelector").put("path", "$");
        }
        paging.ifPresent(guess -> {
            endpoint.set("paginator", guess.paginator());
            draft.guess("endpoints/" + id + "/paginator", guess.why());
        });
        // Keys stand in the order in which people read them.
        ObjectNode ordered = Json.NODES.objectNode();
        for (String key : java.util.List.of(
                "kind", "title", "inputs", "method", "path", "request", "recordSelector", "paginator")) {
            if (endpoint.has(key)) {
                ordered.set(key, endpoint.get(key));
            }
        }
        draft.at("endpoints").set(id, ordered);
        new PostmanExample(draft, this::secretless).add(item, id, ordered);
    }

    private static String placeholders(String path, ObjectNode endpoint) {
        Matcher matcher =
                Pattern.compile("\\{\\{([^{}]+)\\}\\}|(?<=/):([A-Za-z0-9_-]+)").matcher(path);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            String input = Draft.camel(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            endpoint.withObjectProperty("inputs").putObject(input);
            out.append(Draft.literal(path.substring(end, matcher.start())))
                    .append("${with.")
                    .append(input)
                    .append('}');
            end = matcher.end();
        }
        return out.append(Draft.literal(path.substring(end))).toString();
    }

    private void body(JsonNode request, String method, ObjectNode sent, String id) {
        JsonNode body = request.path("body");
        switch (body.path("mode").asText("")) {
            case "urlencoded" -> {
                ObjectNode form = sent.putObject("body").put("type", "form");
                ObjectNode template = form.putObject("template");
                body.path("urlencoded")
                        .forEach(one -> template.put(
                                one.path("key").asText(),
                                "${record." + Draft.camel(one.path("key").asText()) + "}"));
                draft.guess(
                        "endpoints/" + id + "/request",
                        "the form's fields are taken from fields of the record with like names");
            }
            case "graphql" -> {
                ObjectNode graphql = sent.putObject("body").put("type", "graphql");
                graphql.putObject("template")
                        .put(
                                "query",
                                body.path("graphql").path("query").asText().replace("${", "$${"));
            }
            case "raw" -> {
                if (method.equals("DELETE")) {
                    sent.putObject("body").put("template", "${payload}");
                }
                if (!json(body.path("raw").asText()).isContainerNode()) {
                    draft.leaveOut("the body of " + id + ", which is no JSON; the payload is sent as it is");
                }
            }
            case "" -> {
                if (!Set.of("GET", "HEAD", "DELETE").contains(method)) {
                    sent.putObject("body").put("type", "none");
                }
            }
            default ->
                draft.leaveOut(
                        "the body of " + id + ", which is " + body.path("mode").asText());
        }
    }

    private static JsonNode answer(JsonNode item) {
        for (JsonNode one : item.path("response")) {
            JsonNode body = json(one.path("body").asText());
            if (body.isContainerNode() && one.path("code").asInt(200) < 300) {
                return body;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : Json.LAST.readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable String list(JsonNode answer) {
        if (answer.isArray()) {
            return "$[*]";
        }
        String found = null;
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            if (member.getValue().isArray()
                    && (member.getValue().isEmpty() || member.getValue().path(0).isObject())) {
                if (found != null) {
                    return null;
                }
                found = PagingGuess.step("$", member.getKey()) + "[*]";
            }
        }
        return found == null || RecordPath.parse(found).names().isEmpty() ? null : found;
    }

    private static ObjectNode beside(JsonNode answer) {
        ObjectNode names = Json.NODES.objectNode();
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            if (member.getValue().isObject()) {
                names.set(member.getKey(), beside(member.getValue()));
            } else if (!member.getValue().isArray()) {
                names.put(member.getKey(), member.getValue().asText().startsWith("http") ? "url" : "value");
            }
        }
        return names;
    }
}
