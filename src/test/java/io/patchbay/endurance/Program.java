package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.App;
import io.patchbay.FreePorts;
import io.patchbay.payload.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The program as a child process on one home folder, to be started, killed and started again. */
final class Program implements AutoCloseable {

    private static final String TOKEN = "token-of-an-endurance-test-0123456789";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Path home;
    private final List<String> settings;
    private final int management = FreePorts.next();
    private final int intake = FreePorts.next();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private volatile @Nullable Process process;
    private volatile int life;

    Program(Path home, String... settings) throws IOException {
        this.home = home;
        this.settings = List.of(settings);
    }

    /** Starts the process; it is not ready when this returns. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                App.class.getName(),
                "--patchbay.home=" + home,
                "--patchbay.admin-token=" + TOKEN,
                "--patchbay.intake.port=" + intake,
                "--server.port=" + management,
                "--server.address=127.0.0.1"));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("FLOW_LIFE", String.valueOf(++life));
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** That of this process; the program works in another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    void awaitReady() {
        Awaitility.await("ready; its log is " + log())
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(alive())
                            .as(() -> "the program ended: " + lastWords())
                            .isTrue();
                    return ready();
                });
    }

    private boolean ready() throws InterruptedException {
        try {
            URI uri = URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** How often it was started; its flows say it to the ledger. */
    int life() {
        return life;
    }

    boolean alive() {
        Process now = process;
        return now != null && now.isAlive();
    }

    long pid() {
        return started().pid();
    }

    private Process started() {
        Process now = process;
        assertThat(now).isNotNull();
        return now;
    }

    /** Lets it run for a while; true when it ended by itself meanwhile. */
    boolean pause(long millis) throws InterruptedException {
        return started().waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** SIGKILL: no code of the program runs after this. */
    void kill() throws InterruptedException {
        started().destroyForcibly().waitFor();
    }

    /** SIGTERM: the program ends by itself. */
    void stop() throws InterruptedException {
        started().destroy();
        assertThat(started().waitFor(60, TimeUnit.SECONDS))
                .as("ends within a minute; see %s", log())
                .isTrue();
    }

    /** Posts to a webhook; answers the status. @throws IOException when no answer came */
    int post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake + "/hooks/" + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return api("GET", path);
    }

    JsonNode post(String path) throws IOException, InterruptedException {
        return api("POST", path);
    }

    /** Starts a flow with JSON; the run's id. */
    String start(String flow, String json) throws IOException, InterruptedException {
        return api("POST", "/api/v1/flows/" + flow + "/start", json).path("run").asText();
    }

    private JsonNode api(String method, String path) throws IOException, InterruptedException {
        return api(method, path, null);
    }

    private JsonNode api(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                        .timeout(ANSWER)
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return Json.MAPPER.readTree(answer.body());
    }

    /** All items of a list of the API. */
    List<JsonNode> all(String path) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode part = get(path + (path.contains("?") ? "&" : "?") + "limit=500" + after);
            part.path("data").forEach(all::add);
            after = part.path("next").isTextual()
                    ? "&after=" + part.path("next").asText()
                    : "";
        } while (!after.isEmpty());
        return all;
    }

    Path data() {
        return home.resolve("data");
    }

    private Path log() {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    /** The last lines that the program said. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return "its log " + log() + " cannot be read: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        Process last = process;
        if (last != null) {
            last.destroyForcibly().onExit().join();
        }
    }
}
