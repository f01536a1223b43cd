package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.draft.DraftException;
import io.patchbay.connector.draft.DraftFolder;
import io.patchbay.connector.fixture.Asked;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.connector.fixture.FixtureSuite.Verdict;
import io.patchbay.connector.fixture.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a fixture of a call: what was asked, without secrets, and what came back. It is run at once, and what the same call asks
 * otherwise is left open, so that what is recorded passes {@code connector test}.
 */
final class Recording {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> ANSWERED = Set.of("content-type", "link", "location");
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]+");
    private static final int SHOWN = 5;

    private final JsonNode answer;
    private final JsonNode wire;
    private final Called called;
    private final UnaryOperator<String> moved;

    /**
     * What was called how.
     *
     * @param with values for inputs
     * @param payload what was sent, or null
     * @param cursor where the list began, or null
     * @param inFlow whether all pages of a list were read
     */
    record Called(
            String endpoint,
            ObjectNode with,
            @Nullable JsonNode payload,
            @Nullable String cursor,
            boolean inFlow) {}

    /** How much of the call is written down. */
    private record Form(boolean settings, List<Asked> again, boolean message) {}

    /** @param answer of the API to the call */
    Recording(JsonNode answer, Called called) {
        this.answer = answer;
        this.wire = answer.path("recorded");
        this.called = called;
        List<JsonNode> exchanges = exchanges();
        this.moved = exchanges.isEmpty()
                ? text -> text
                : toPlaceholder(exchanges.get(0).path("request").path("target").asText());
    }

    /**
     * Writes the fixture.
     *
     * @param home the home folder
     * @param id of the connector
     * @return the file
     * @throws Refused when the call cannot be recorded
     */
    Path write(Path home, String id, String name, Clock clock) throws IOException {
        String why = unfit();
        if (why != null) {
            throw refused(why);
        }
        DraftFolder drafts = new DraftFolder(home.resolve("connectors"));
        CatalogReader.Reading reading = CatalogReader.once(home);
        Map<String, Connector> there = new TreeMap<>();
        reading.catalog().connectors().forEach(one -> there.put(one.id(), one));
        Connector connector = there.get(id);
        if (connector == null) {
            throw new Refused(
                    Refused.FAILED,
                    "Nothing was recorded. " + FixturesCommand.missing(id, there.keySet(), reading)
                            + " Name the home folder that has it with --home.");
        }
        FixtureSuite suite = new FixtureSuite(home, connector, clock);
        Form form = new Form(false, List.of(), true);
        Path file = add(drafts, connector, name, form);
        boolean kept = false;
        try {
            FixtureSuite.Result result = suite.run(name + ".yaml");
            for (int more = 1; result.verdict() != Verdict.PASSED && more <= 3; more++) {
                form = new Form(true, more == 1 ? List.of() : result.asked(), more < 3);
                Files.delete(file);
                file = add(drafts, connector, name, form);
                result = suite.run(name + ".yaml");
            }
            kept = result.verdict() == Verdict.PASSED;
            if (!kept) {
                throw refused("the same call against what was recorded differs: "
                        + String.join(
                                "; ", result.differences().stream().limit(SHOWN).toList())
                        + ". Write the fixture by hand");
            }
            return file;
        } finally {
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path add(DraftFolder drafts, Connector connector, String name, Form form) throws IOException {
        try {
            return drafts.addFixture(connector.id(), name, fixture(connector, form));
        } catch (DraftException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static Refused refused(String why) {
        return new Refused(Refused.FAILED, "Nothing was recorded: " + why + ".");
    }

    private List<JsonNode> exchanges() {
        List<JsonNode> all = new ArrayList<>();
        wire.path("exchanges").forEach(all::add);
        if (all.isEmpty()) {
            return all;
        }
        if (!called.inFlow()) {
            return all.subList(all.size() - 1, all.size());
        }
        // What was asked with a proof that was over by then is asked once when the proof is good.
        JsonNode last = all.remove(all.size() - 1);
        all.removeIf(one -> one.path("request").path("status").asInt() == 401);
        all.add(last);
        return all;
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
        if (exchanges().stream()
                .anyMatch(one -> one.path("request").path("status").asInt() == 0)) {
            return "no answer came, because " + answer.path("sentence").asText();
        }
        if (!wire.path("ended").asBoolean()) {
            return "the list goes on, and a fixture holds all of it: take more --pages, or ask for less of it with --with";
        }
        return exchanges().stream().anyMatch(one -> one.path("cut").asBoolean())
                ? "the answer is too large; ask for less of it with --with, or write a fixture with a shorter answer by hand"
                : null;
    }

    private ObjectNode fixture(Connector connector, Form form) {
        ObjectNode fixture = Json.object().put("endpoint", called.endpoint());
        if (!called.with().isEmpty()) {
            fixture.set("with", moved(called.with().deepCopy()));
        }
        setup(fixture, connector, form);
        if (called.payload() != null) {
            fixture.set("payload", called.payload());
        }
        List<JsonNode> exchanges = exchanges();
        if (called.inFlow()) {
            ArrayNode list = fixture.putArray("exchanges");
            for (int i = 0; i < exchanges.size(); i++) {
                exchange(list.addObject(), exchanges.get(i), i, connector, form);
            }
        } else {
            exchange(fixture, exchanges.get(0), 0, connector, form);
        }
        if (answer.path("good").asBoolean()) {
            fixture.put("records", answer.path("records").asInt());
        } else {
            ObjectNode failure =
                    fixture.putObject("failure").put("code", answer.path("code").asText());
            if (form.message()) {
                failure.put("message", answer.path("sentence").asText());
            }
        }
        return fixture;
    }

    /** What the instance has otherwise than the one that the suite makes. */
    private void setup(ObjectNode fixture, Connector connector, Form form) {
        String auth = wire.path("auth").asText();
        var methods = connector.config().auth();
        if (methods.containsKey(auth)) {
            if (!methods.keySet().iterator().next().equals(auth)) {
                fixture.put("auth", auth);
            }
            if (methods.get(auth).type().asks()) {
                fixture.put("loggedIn", true);
            }
        }
        if (form.settings() && !wire.path("settings").isEmpty()) {
            fixture.set("settings", wire.path("settings"));
        }
        fixture.put("now", wire.path("now").asText());
        if (called.cursor() != null) {
            fixture.put("cursor", called.cursor());
        }
    }

    private void exchange(ObjectNode into, JsonNode exchange, int place, Connector connector, Form form) {
        JsonNode made = exchange.path("request");
        Map<String, String> headers = new TreeMap<>();
        made.path("requestHeaders")
                .properties()
                .forEach(one -> headers.put(one.getKey(), one.getValue().asText()));
        JsonNode sent = exchange.path("sent");
        RecordedRequest request = new RecordedRequest(
                made.path("method").asText(),
                made.path("target").asText(),
                headers,
                exchange.path("contentType").asText(),
                sent.path("text").textValue(),
                sent.path("base64").textValue());
        into.set(
                "request",
                request.fixture(place < form.again().size() ? form.again().get(place) : null));
        ObjectNode response =
                into.putObject("response").put("status", made.path("status").asInt());
        String named = connector.config().toString().toLowerCase(Locale.ROOT);
        made.path("responseHeaders").properties().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (ANSWERED.contains(name) || (!name.equals("set-cookie") && named.contains(name))) {
                response.withObjectProperty("headers")
                        .put(header.getKey(), moved.apply(header.getValue().asText()));
            }
        });
        body(response, exchange.path("received"));
    }

    private void body(ObjectNode response, JsonNode received) {
        if (received.path("base64").isTextual()) {
            response.set("base64", received.path("base64"));
            return;
        }
        String text = received.path("text").asText("");
        String type = response.path("headers").toString().toLowerCase(Locale.ROOT);
        JsonNode tree = Json.value(text);
        if (tree.isContainerNode() && (!type.contains("content-type") || type.contains("json"))) {
            response.set("body", moved(tree));
        } else if (!text.isEmpty()) {
            response.put("text", moved.apply(text));
        }
    }

    /** Puts {@code {origin}} in place of scheme, host and port of the system, wherever a text holds them. */
    private static UnaryOperator<String> toPlaceholder(String target) {
        Matcher origin = ORIGIN.matcher(target);
        if (!origin.find()) {
            return text -> text;
        }
        Pattern absolute = Pattern.compile(Pattern.quote(origin.group()) + "(?![A-Za-z0-9.:-])");
        return text -> absolute.matcher(text).replaceAll("{origin}");
    }

    private JsonNode moved(JsonNode value) {
        if (value.isTextual()) {
            return io.patchbay.payload.Json.NODES.textNode(moved.apply(value.textValue()));
        }
        if (value instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(moved(member.getValue())));
        } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, moved(list.get(i)));
            }
        }
        return value;
    }
}
