package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every HTTP connector of this repository against its fixtures: a server answers what was recorded, and what it is asked
 * must be what was recorded. {@code ***} stands for a secret and {@code *} for any value; {@code {origin}} in an answer is the
 * server's address.
 */
class ContractTest {

    private static final Path CONNECTORS = Path.of("connectors").toAbsolutePath();

    @TempDir
    Path home;

    static Stream<Path> fixtures() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(CONNECTORS)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (file.getParent().endsWith("fixtures")
                        && yaml(file).path("request").has("method")) {
                    found.add(CONNECTORS.relativize(file));
                }
            }
        }
        return found.stream();
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
        List<AssertionError> wrong = new CopyOnWriteArrayList<>();
        try (World world = new World(home)) {
            world.serve("/", exchange -> {
                try {
                    compare(exchange, recorded.path("request"));
                } catch (AssertionError e) {
                    wrong.add(e);
                }
                answer(exchange, recorded.path("response"), world.port());
            });
            instance(world, fixture.getName(0).toString());
            Map<String, JsonNode> with = new TreeMap<>();
            recorded.path("with").properties().forEach(entry -> with.put(entry.getKey(), entry.getValue()));

            InstanceCalls.Outcome outcome = new InstanceCalls(
                            world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                    .call("tested", recorded.path("endpoint").asText(), with, "call-1", recorded.get("payload"));

            assertThat(wrong).isEmpty();
            if (recorded.has("failure")) {
                assertThat(outcome.failure())
                        .hasMessageContaining(recorded.at("/failure/message").asText());
                assertThat(outcome.failure().code())
                        .isEqualTo(recorded.at("/failure/code").asText());
            } else {
                assertThat(outcome.failure()).isNull();
                int records = outcome.answer() == null ? 0 : outcome.answer().recordCount();
                assertThat(records).isEqualTo(recorded.path("records").asInt());
            }
        }
    }

    /** The connector as it is but for the address, and an instance with what its settings give as examples. */
    private void instance(World world, String connector) throws IOException {
        String origin = "http://127.0.0.1:" + world.port();
        Path file = CONNECTORS.resolve(connector).resolve("connector.yaml");
        world.write(
                "connectors/" + connector + "/connector.yaml",
                Files.readString(file)
                        .replaceFirst("\n *allowedHosts: .*", "")
                        .replaceFirst(
                                "baseUrl: 'https?://[^/']+([^']*)'",
                                "baseUrl: '" + origin + "$1'\n  allowedHosts: ['127.0.0.1']"));
        JsonNode settings = yaml(file).path("settings");
        StringBuilder values = new StringBuilder();
        settings.path("properties").properties().forEach(property -> {
            boolean secret = settings.path("secrets").toString().contains('"' + property.getKey() + '"');
            JsonNode example = property.getValue().path(property.getValue().has("example") ? "example" : "default");
            if (secret) {
                world.secret(property.getKey().toUpperCase(java.util.Locale.ROOT), "a-secret-of-the-suite");
            }
            String value = secret
                    ? "'${secret." + property.getKey().toUpperCase(java.util.Locale.ROOT) + "}'"
                    : example.toString();
            values.append("  ")
                    .append(property.getKey())
                    .append(": ")
                    .append(value)
                    .append('\n');
        });
        world.write(
                "connectors/" + connector + "/instances/tested.yaml",
                "instance: tested\nconnector: " + connector + "\nsettings:\n" + values);
        world.reload();
    }

    private static void compare(HttpExchange asked, JsonNode recorded) throws IOException {
        String body = new String(asked.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.getRequestMethod()).isEqualTo(recorded.path("method").asText());
        assertThat(asked.getRequestURI().getRawPath())
                .isEqualTo(recorded.path("path").asText());
        Map<String, String> query = query(asked.getRequestURI().getRawQuery());
        Map<String, String> expected = new TreeMap<>();
        recorded.path("query").properties().forEach(entry -> {
            boolean any = entry.getValue().asText().equals("*");
            expected.put(
                    entry.getKey(),
                    any ? query.get(entry.getKey()) : entry.getValue().asText());
        });
        assertThat(query).isEqualTo(expected);
        recorded.path("headers").properties().forEach(entry -> {
            String value = asked.getRequestHeaders().getFirst(entry.getKey());
            if (entry.getValue().asText().equals("***")) {
                assertThat(value).as(entry.getKey()).isNotBlank();
            } else {
                assertThat(value).as(entry.getKey()).isEqualTo(entry.getValue().asText());
            }
        });
        if (recorded.has("body")) {
            assertThat(Json.MAPPER.readTree(body))
                    .isEqualTo(Json.MAPPER.readTree(recorded.get("body").toString()));
        } else {
            assertThat(body).isEmpty();
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
        recorded.path("headers")
                .properties()
                .forEach(entry -> exchange.getResponseHeaders()
                        .set(
                                entry.getKey(),
                                entry.getValue().asText().replace("{origin}", "http://127.0.0.1:" + port)));
        World.json(
                exchange, recorded.path("status").asInt(), recorded.path("body").toString());
    }
}
