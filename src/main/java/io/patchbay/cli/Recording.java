package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.draft.DraftException;
import io.patchbay.connector.draft.DraftFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a fixture of a call: what was asked, without secrets, and what came back. */
final class Recording {

    private static final String HIDDEN = "***";
    private static final List<String> KEPT = List.of("content-type", "accept", "soapaction", "prefer");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]+");

    private final JsonNode answer;
    private final String endpoint;

    /** @param answer of the API to the call */
    Recording(JsonNode answer, String endpoint) {
        this.answer = answer;
        this.endpoint = endpoint;
    }

    /**
     * Writes the fixture.
     *
     * @param connectors the folder {@code connectors/}
     * @return the file
     * @throws Refused when the call cannot be recorded
     */
    Path write(Path connectors, String connector, String name, ObjectNode with, @Nullable JsonNode payload)
            throws IOException {
        String why = unfit();
        if (why != null) {
            throw new Refused(Refused.FAILED, "Nothing was recorded: " + why + ".");
        }
        JsonNode requests = answer.path("requests");
        JsonNode last = requests.get(requests.size() - 1);
        Function<String, String> moved = toPlaceholder(last.path("target").asText());
        ObjectNode fixture = Json.object().put("endpoint", endpoint);
        if (!with.isEmpty()) {
            fixture.set("with", with);
        }
        if (payload != null) {
            fixture.set("payload", payload);
        }
        fixture.set("request", request(last, payload));
        ObjectNode response =
                fixture.putObject("response").put("status", last.path("status").asInt());
        String link = header(last.path("responseHeaders"), "link");
        if (link != null) {
            response.putObject("headers").put("Link", moved.apply(link));
        }
        String text = answer.path("text").asText("");
        response.set("body", moved(Json.value(text), moved));
        if (answer.path("good").asBoolean()) {
            fixture.put("records", answer.path("records").asInt());
        } else {
            fixture.putObject("failure")
                    .put("code", answer.path("code").asText())
                    .put("message", answer.path("sentence").asText());
        }
        try {
            return new DraftFolder(connectors).addFixture(connector, name, fixture);
        } catch (DraftException e) {
            throw new Refused(Refused.FAILED, "Nothing was recorded: " + e.getMessage() + ".");
        }
    }

    /** Why the call makes no fixture, and what to do then; null when it makes one. */
    private @Nullable String unfit() {
        JsonNode requests = answer.path("requests");
        if (requests.isEmpty()) {
            String failure = answer.path("sentence").asText("");
            return "no request was made" + (failure.isEmpty() ? "" : ", because " + failure)
                    + "; mend that and call again";
        }
        if (!METHODS.contains(requests.get(requests.size() - 1).path("method").asText())) {
            return "only HTTP calls are recorded; write a fixture with a 'response' and what it 'yields', which shows what comes";
        }
        if (answer.path("cut").asBoolean()) {
            return "the answer is too large; ask for less of it with --with, or write a fixture with a shorter answer by hand";
        }
        return answer.path("base64").isTextual()
                ? "the answer is no text, and fixtures hold texts; say why there is none under tests: { withoutFixture: { "
                        + endpoint + ": … } }"
                : null;
    }

    /** Puts {@code {origin}} in place of scheme, host and port of the system, wherever a text holds them. */
    private static Function<String, String> toPlaceholder(String target) {
        Matcher origin = ORIGIN.matcher(target);
        if (!origin.find()) {
            return text -> text;
        }
        Pattern absolute = Pattern.compile(Pattern.quote(origin.group()) + "(?![A-Za-z0-9.:-])");
        return text -> absolute.matcher(text).replaceAll("{origin}");
    }

    private static JsonNode moved(JsonNode value, Function<String, String> move) {
        if (value.isTextual()) {
            return io.patchbay.payload.Json.NODES.textNode(move.apply(value.textValue()));
        }
        if (value instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(moved(member.getValue(), move)));
        } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, moved(list.get(i), move));
            }
        }
        return value;
    }

    private static ObjectNode request(JsonNode made, @Nullable JsonNode payload) {
        URI target = URI.create(made.path("target").asText().replace(HIDDEN, "%2A"));
        ObjectNode request =
                Json.object().put("method", made.path("method").asText()).put("path", target.getRawPath());
        Instant at = Instant.parse(made.path("at").asText());
        String query = target.getRawQuery();
        for (String pair : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            String key = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
            add(request.withObjectProperty("query"), key, near(value, at) ? "*" : value);
        }
        for (Map.Entry<String, JsonNode> header : made.path("requestHeaders").properties()) {
            String value = header.getValue().asText();
            if (value.contains(HIDDEN) || KEPT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                request.withObjectProperty("headers").put(header.getKey(), value.contains(HIDDEN) ? HIDDEN : value);
            }
        }
        if (payload != null
                && made.path("sent").asLong() == payload.toString().getBytes(StandardCharsets.UTF_8).length) {
            request.set("body", payload);
        }
        return request;
    }

    /** A name that comes several times has a list. */
    private static void add(ObjectNode query, String name, String value) {
        JsonNode before = query.get(name);
        if (before == null) {
            query.put(name, value);
        } else if (before instanceof ArrayNode list) {
            list.add(value);
        } else {
            query.putArray(name).add(before).add(value);
        }
    }

    /** A time that hangs on when the call was made: another call has another one. */
    private static boolean near(String value, Instant at) {
        try {
            Instant time = value.matches("[0-9]{10}")
                    ? Instant.ofEpochSecond(Long.parseLong(value))
                    : value.matches("[0-9]{13}") ? Instant.ofEpochMilli(Long.parseLong(value)) : Instant.parse(value);
            return Duration.between(time, at).abs().compareTo(Duration.ofDays(400)) < 0;
        } catch (DateTimeParseException e) {
            return value.equals("*");
        }
    }

    private static @Nullable String header(JsonNode headers, String name) {
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue().asText();
            }
        }
        return null;
    }
}
