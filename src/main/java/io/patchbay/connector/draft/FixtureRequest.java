package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The request that an endpoint of a draft makes with given inputs, as a fixture records it. */
final class FixtureRequest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(settings|with)\\.([A-Za-z0-9_]+)\\}");

    private final Draft draft;
    private final JsonNode endpoint;
    private final JsonNode with;

    FixtureRequest(Draft draft, JsonNode endpoint, JsonNode with) {
        this.draft = draft;
        this.endpoint = endpoint;
        this.with = with;
    }

    /** The request; null when it hangs on a setting without an example. */
    @Nullable
    ObjectNode of() {
        String base = draft.root().path("requester").path("baseUrl").asText();
        String all = filled(
                base.replaceFirst("^https?://[^/]*", "") + endpoint.path("path").asText(), true);
        if (all == null) {
            return null;
        }
        ObjectNode request = Json.NODES.objectNode();
        request.put("method", endpoint.path("method").asText());
        request.put("path", URI.create("http://host" + all).getRawPath());
        ObjectNode query = Json.NODES.objectNode();
        for (Map.Entry<String, JsonNode> one :
                endpoint.path("request").path("query").properties()) {
            String value = filled(one.getValue().asText(), false);
            if (value != null) {
                query.put(one.getKey(), value);
            }
        }
        page(endpoint.path("paginator"), query);
        if (!query.isEmpty()) {
            request.set("query", query);
        }
        return request;
    }

    private static void page(JsonNode paginator, ObjectNode query) {
        if (paginator.has("pageSizeParam")) {
            query.put(
                    paginator.path("pageSizeParam").asText(),
                    paginator.path("pageSize").asText());
        }
        String first = switch (paginator.path("type").asText()) {
            case "pageNumber" -> "1";
            case "offset" -> "0";
            default -> null;
        };
        if (first != null) {
            query.put(paginator.path("inject").path("name").asText(), first);
        }
    }

    /** Null when a placeholder has no value. */
    private @Nullable String filled(String text, boolean encoded) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            JsonNode value = matcher.group(1).equals("with") ? with.path(matcher.group(2)) : setting(matcher.group(2));
            if (value.isMissingNode()) {
                return null;
            }
            String shown = encoded
                    ? URLEncoder.encode(value.asText(), StandardCharsets.UTF_8).replace("+", "%20")
                    : value.asText();
            matcher.appendReplacement(out, Matcher.quoteReplacement(shown));
        }
        return matcher.appendTail(out).toString();
    }

    private JsonNode setting(String name) {
        JsonNode property = draft.root().path("settings").path("properties").path(name);
        return property.has("example") ? property.path("example") : property.path("default");
    }
}
