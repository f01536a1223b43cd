package io.patchbay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.App;
import io.patchbay.FreePorts;
import io.patchbay.payload.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program writes to its console as JSON, read from the program's own process. */
class JsonLogsTest {

    private static final String SECRET = "sentinel-of-a-log/test+0123456789";

    @TempDir
    static Path home;

    private static HttpServer shop;
    private static Process program;
    private static Path log;
    private static String run;

    @BeforeAll
    static void runsAFlowThatLogsAndFails() throws Exception {
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/", exchange -> {
            // A system that repeats what it was asked with.
            byte[] answer = ("{\"given\":\"" + exchange.getRequestHeaders().getFirst("X-API-Key") + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        write("connectors/till/connector.yaml", """
            connector: till
            version: 1.0.0
            title: A till
            settings: { secrets: [apiKey] }
            auth: { key: { type: apiKey, inject: { into: header, name: X-API-Key, format: "${settings.apiKey}" } } }
            requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
            endpoints:
              price.read: { kind: read, title: The price, method: GET, path: /price }
            """.formatted(shop.getAddress().getPort()));
        write(
                "connectors/till/instances/till-one.yaml",
                "instance: till-one\nconnector: till\nsettings: { apiKey: \"${secret.TILL_KEY}\" }\n");
        write("routes/talks.flow.yaml", """
            flow: talks
            trigger:
              - webhook: { path: talks, auth: none }
            shapes:
              - id: told
                notify: { per: record, log: info, text: "first line\\n${record.note}" }
              - id: priced
                connection: { instance: till-one, endpoint: price.read }
            """);
        log = home.resolve("console.log");
        int intake = FreePorts.next();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        App.class.getName(),
                        "--patchbay.home=" + home,
                        "--patchbay.intake.port=" + intake,
                        "--server.port=0",
                        "--patchbay.admin-token=token-of-a-log-test-0123456789",
                        "--logging.structured.format.console=ecs",
                        "--logging.level.patchbay.runs=debug")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PATCHBAY_SECRET_TILL_KEY", SECRET);
        program = builder.start();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> !program.isAlive() || text().contains("Patchbay has started"));
        assertThat(program.isAlive()).as(text()).isTrue();
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake + "/hooks/talks"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"note\":\"second\\u2028line\\n{\\u001b[2J\\u009b2J\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        run = Json.MAPPER.readTree(answer).path("run").asText();
        await().atMost(Duration.ofMinutes(1)).until(() -> text().contains("failed, whole"));
    }

    @AfterAll
    static void stop() {
        program.destroyForcibly();
        shop.stop(0);
    }

    @Test
    void everyLineIsOneDocument() {
        assertThat(lines())
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.path("@timestamp").isTextual()).isTrue());
    }

    /** Text logs are lines, too: what a payload brings must not look like one of the program's, nor steer a terminal. */
    @Test
    void whatComesFromOutsideStaysOnItsLine() {
        assertThat(line("first line").path("message").asText()).isEqualTo("first line second line { [2J 2J");
    }

    @Test
    void aLineOfAShapeTellsRunFlowAndShape() {
        JsonNode told = line("first line");

        assertThat(told.path("log").path("level").asText()).isEqualTo("INFO");
        assertThat(told.path("run").asText()).isEqualTo(run);
        assertThat(told.path("flow").asText()).isEqualTo("talks");
        assertThat(told.path("shape").asText()).isEqualTo("told");
    }

    @Test
    void aLineOfTheRunTellsNoShape() {
        JsonNode ended = line("failed, whole");

        assertThat(ended.path("run").asText()).isEqualTo(run);
        assertThat(ended.path("flow").asText()).isEqualTo("talks");
        assertThat(ended.has("shape")).isFalse();
    }

    @Test
    void aLineOfTheProgramTellsNeither() {
        JsonNode started = line("Patchbay has started");

        assertThat(started.has("run")).isFalse();
        assertThat(started.has("flow")).isFalse();
    }

    @Test
    void noSecretIsInIt() {
        assertThat(line("HTTP_400").path("shape").asText()).isEqualTo("priced");
        assertThat(text()).doesNotContain(SECRET).doesNotContain(SECRET.replace("/", "\\/"));
    }

    private static JsonNode line(String with) {
        return lines().stream()
                .filter(line -> line.path("message").asText().contains(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with '" + with + "' in:\n" + text()));
    }

    private static List<JsonNode> lines() {
        return text().lines()
                .map(line -> {
                    try {
                        return Json.MAPPER.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException("no JSON: " + line, e);
                    }
                })
                .toList();
    }

    private static String text() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** That of this process, whatever it was given by; the program works in another folder. */
    private static String classPath() {
        Stream<String> entries = App.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(url -> url.getPath())
                : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return entries.map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !entry.endsWith("test-classes")) // their logback-test.xml is not the program's
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
