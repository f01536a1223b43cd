package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Operation;
import io.patchbay.connector.PartialResult;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.Xml;
import io.patchbay.problem.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every HTTP connector of this repository against its fixtures: a server answers what was recorded, and what it is asked
 * must be what was recorded. {@code ***} stands for a secret, {@code *} for anything, {@code {origin}} in an answer for the
 * server's address, in {@code with} too. A fixture holds one {@code request} with its {@code response}, or several as {@code exchanges}; of a list
 * with several all pages are read. {@code first} is the first record that comes, {@code failed} says which records of a request its answer refuses, by position, and why.
 * {@code auth} and {@code settings} say which instance is meant; by default it has the first
 * way to prove who calls, and what the connector gives as examples.
 */
class ContractTest {

    private static final Path CONNECTORS = Path.of("connectors").toAbsolutePath();
    private static final String SECRET = "a-secret-of-the-suite";

    @TempDir
    Path home;

    static Stream<Path> fixtures() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(CONNECTORS)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (file.getParent().endsWith("fixtures")
                        && exchanges(yaml(file)).get(0).path("request").has("method")) {
                    found.add(CONNECTORS.relativize(file));
                }
            }
        }
        return found.stream();
    }

    private static List<JsonNode> exchanges(JsonNode fixture) {
        List<JsonNode> all = new ArrayList<>();
        fixture.path("exchanges").forEach(all::add);
        return all.isEmpty() ? List.of(fixture) : all;
    }

    private static JsonNode yaml(Path file) throws IOException {
        Problems problems = new Problems();
        JsonNode read = new YamlReader()
                .read(file.toString(), Files.readString(file), problems)
                .map(Literals::json)
                .orElse(null);
        assertThat(problems.list()).isEmpty();
        return read;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void asksAndReadsAsRecorded(Path fixture) throws Exception {
        JsonNode recorded = yaml(CONNECTORS.resolve(fixture));
        List<JsonNode> exchanges = exchanges(recorded);
        List<AssertionError> wrong = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        try (World world = new World(home)) {
            world.serve("/", exchange -> {
                int number = asked.getAndIncrement();
                JsonNode one = exchanges.get(Math.min(number, exchanges.size() - 1));
                try {
                    compare(exchange, one.path("request"));
                } catch (AssertionError e) {
                    wrong.add(e);
                }
                answer(exchange, one.path("response"), world.port());
            });
            instance(world, fixture.getName(0).toString(), recorded);

            Came came = records(world, recorded);

            assertThat(wrong).isEmpty();
            assertThat(asked).hasValue(exchanges.size());
            assertThat(came.records()).isEqualTo(recorded.path("records").asInt());
            if (recorded.has("first")) {
                sameTree(came.first(), recorded.get("first"), "first");
            }
        }
    }

    /** How many records came, and the first one where somebody asks for it. */
    private record Came(int records, JsonNode first) {

        static final Came NOTHING = new Came(0, MissingNode.getInstance());

        Came and(Payload more) throws Exception {
            boolean tree = more != null && more.body() instanceof Body.Tree;
            JsonNode one = !tree || more.records().isEmpty()
                    ? MissingNode.getInstance()
                    : more.records().get(0);
            return new Came(records + (more == null ? 0 : more.recordCount()), first.isMissingNode() ? one : first);
        }
    }

    /** Calls the endpoint; what comes, nothing where it fails as was recorded. */
    private static Came records(World world, JsonNode recorded) throws Exception {
        ConnectorComponent component = world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class);
        String endpoint = recorded.path("endpoint").asText();
        Map<String, JsonNode> with = new TreeMap<>();
        recorded.path("with")
                .properties()
                .forEach(entry -> with.put(entry.getKey(), located(entry.getValue(), world.port())));
        Operation operation = component.connections().operation("tested", endpoint, null);
        if (recorded.has("exchanges") && operation.endpoint().many()) {
            return pulled(operation, with);
        }
        InstanceCalls.Outcome outcome =
                new InstanceCalls(component).call("tested", endpoint, with, "call-1", recorded.get("payload"));
        if (recorded.has("failure")) {
            assertThat(outcome.failure())
                    .hasMessageContaining(recorded.at("/failure/message").asText());
            assertThat(outcome.failure().code())
                    .isEqualTo(recorded.at("/failure/code").asText());
            return Came.NOTHING;
        }
        assertThat(outcome.failure()).isNull();
        assertThat(failed(operation, recorded, outcome.answer())).isEqualTo(failed(recorded));
        return Came.NOTHING.and(outcome.answer());
    }

    private static JsonNode located(JsonNode value, int port) {
        return value.isTextual()
                ? Json.NODES.textNode(value.asText().replace("{origin}", "http://127.0.0.1:" + port))
                : value;
    }

    private static Map<Integer, String> failed(JsonNode recorded) {
        Map<Integer, String> failed = new TreeMap<>();
        recorded.path("failed")
                .properties()
                .forEach(entry -> failed.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asText()));
        return failed;
    }

    /** What the endpoint reads from an answer about each record of its request. */
    private static Map<Integer, String> failed(Operation operation, JsonNode recorded, Payload answer)
            throws Exception {
        PartialResult partial = operation.endpoint().writing().partial();
        if (partial == null || answer == null || !recorded.path("payload").isArray()) {
            return Map.of();
        }
        List<JsonNode> records = new ArrayList<>();
        recorded.path("payload").forEach(records::add);
        PartialResult.Judged judged = partial.judge(records, answer.tree());
        assertThat(judged.unclear()).isNull();
        return judged.failed();
    }

    private static Came pulled(Operation operation, Map<String, JsonNode> with) throws Exception {
        Lineage lineage = Lineage.ofRun("run-1");
        Instant now = Instant.now();
        Request request = new Request(
                Payload.empty(lineage), operation.inputs().complete(with, now), now, lineage.text(), Trace.NONE);
        Came came = Came.NOTHING;
        try (Pull pull = operation.pull(request, new Begin("step", null, 0, null, ""))) {
            Pull.Element element = pull.next();
            for (; element instanceof Pull.Page page; element = pull.next()) {
                came = came.and(page.payload());
            }
            assertThat(element).isNotInstanceOf(Pull.Failed.class);
        }
        return came;
    }

    /** The connector as it is but for its addresses, and an instance of it. */
    private static void instance(World world, String connector, JsonNode fixture) throws IOException {
        String origin = "http://127.0.0.1:" + world.port();
        Path file = CONNECTORS.resolve(connector).resolve("connector.yaml");
        String text = Files.readString(file);
        boolean generic = text.contains("baseUrl: '${settings.scheme}");
        world.write(
                "connectors/" + connector + "/connector.yaml",
                generic
                        ? text.replace("url: 'https://${settings.loginHost}", "url: '" + origin)
                        : text.replaceFirst("\n *allowedHosts: .*", "")
                                .replaceAll("([ {]url: )'https?://[^/']+", "$1'" + origin)
                                .replaceFirst(
                                        "baseUrl: 'https?://[^/']+([^']*)'",
                                        "baseUrl: '" + origin + "$1'\n  allowedHosts: ['127.0.0.1']"));
        JsonNode definition = yaml(file);
        Map<String, String> values = new TreeMap<>();
        definition.path("settings").path("properties").properties().forEach(property -> {
            JsonNode example = property.getValue().path(property.getValue().has("example") ? "example" : "default");
            if (!example.isMissingNode()) {
                values.put(property.getKey(), example.toString());
            }
        });
        if (generic) {
            values.putAll(Map.of("scheme", "http", "host", "127.0.0.1", "port", String.valueOf(world.port())));
        }
        fixture.path("settings")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().toString()));
        definition.path("settings").path("secrets").forEach(secret -> {
            String name = secret.asText().toUpperCase(Locale.ROOT);
            world.secret(name, SECRET);
            values.put(secret.asText(), "'${secret." + name + "}'");
        });
        String first = definition.path("auth").fieldNames().hasNext()
                ? definition.path("auth").fieldNames().next()
                : "none";
        StringBuilder settings = new StringBuilder();
        values.forEach((name, value) ->
                settings.append("  ").append(name).append(": ").append(value).append('\n'));
        world.write(
                "connectors/" + connector + "/instances/tested.yaml",
                "instance: tested\nconnector: " + connector + "\nauth: "
                        + fixture.path("auth").asText(first) + "\nsettings:\n" + settings);
        world.reload();
    }

    private static void compare(HttpExchange asked, JsonNode recorded) throws IOException {
        String body = new String(asked.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.getRequestMethod()).isEqualTo(recorded.path("method").asText());
        assertThat(asked.getRequestURI().getRawPath())
                .isEqualTo(recorded.path("path").asText());
        Map<String, String> query = query(asked.getRequestURI().getRawQuery());
        assertThat(query).containsOnlyKeys(names(recorded.path("query")));
        recorded.path("query")
                .properties()
                .forEach(entry ->
                        same(query.get(entry.getKey()), entry.getValue().asText(), entry.getKey()));
        recorded.path("headers")
                .properties()
                .forEach(entry -> same(
                        asked.getRequestHeaders().getFirst(entry.getKey()),
                        entry.getValue().asText(),
                        entry.getKey()));
        if (recorded.has("form")) {
            assertThat(query(body))
                    .isEqualTo(query(recorded.path("form").asText().replace("***", SECRET)));
        } else if (recorded.has("xml")) {
            assertThat(xml(body)).isEqualTo(xml(recorded.path("xml").asText().replace("***", SECRET)));
        } else if (recorded.has("body")) {
            sameTree(Json.MAPPER.readTree(body), recorded.get("body"), "$");
        } else {
            assertThat(body).isEmpty();
        }
    }

    private static String[] names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.toArray(new String[0]);
    }

    /** {@code ***} is a secret that is there, and each {@code *} is anything. */
    private static void same(String found, String recorded, String name) {
        assertThat(found).as(name).isNotNull();
        String[] pieces = recorded.replace("***", "*").split("\\*", -1);
        assertThat(found).as(name).matches(Stream.of(pieces).map(Pattern::quote).collect(Collectors.joining(".+")));
    }

    private static void sameTree(JsonNode found, JsonNode recorded, String at) {
        if (recorded.isTextual()) {
            same(found.isTextual() ? found.textValue() : found.toString(), recorded.textValue(), at);
        } else if (recorded.isContainerNode() && recorded.getNodeType() == found.getNodeType()) {
            assertThat(found).as(at).hasSameSizeAs(recorded);
            if (recorded.isObject()) {
                assertThat(names(found)).as(at).containsExactlyInAnyOrder(names(recorded));
                recorded.properties()
                        .forEach(entry ->
                                sameTree(found.get(entry.getKey()), entry.getValue(), at + "." + entry.getKey()));
            }
            for (int i = 0; recorded.isArray() && i < recorded.size(); i++) {
                sameTree(found.get(i), recorded.get(i), at + "[" + i + "]");
            }
        } else {
            assertThat(found.toString()).as(at).isEqualTo(recorded.toString());
        }
    }

    private static JsonNode xml(String text) throws IOException {
        try {
            return Xml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        } catch (XMLStreamException e) {
            throw new IOException(text, e);
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void answer(HttpExchange exchange, JsonNode recorded, int port) throws IOException {
        String origin = "http://127.0.0.1:" + port;
        recorded.path("headers")
                .properties()
                .forEach(entry -> exchange.getResponseHeaders()
                        .set(entry.getKey(), entry.getValue().asText().replace("{origin}", origin)));
        String type = recorded.path("headers").path("Content-Type").asText("application/json");
        String body = recorded.has("text")
                ? recorded.path("text").asText()
                : recorded.path("body").toString();
        World.answer(exchange, recorded.path("status").asInt(), type, body.replace("{origin}", origin));
    }
}
