package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.App;
import io.patchbay.FreePorts;
import io.patchbay.cli.Said;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole program in a home of its own, as somebody sets it up: installs a shipped blueprint by the command line, gives its secrets,
 * makes its flows active, and starts. Systems of the internet are reached through a proxy behind which those of the sandbox are.
 */
public final class Sandbox implements AutoCloseable {

    /** For what comes to an end by itself, on whatever machine. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final String TOKEN = "token-of-the-sandbox-0123456789";
    private static final String PROXY_PASSWORD = "pr0xy pässword";
    private static final Set<String> ENDED = Set.of("succeeded", "partial", "failed", "stopped");

    private final Path home;
    private final Path secrets;
    private final SandboxProxy proxy;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int management = FreePorts.next();
    private ConfigurableApplicationContext program;

    /**
     * A home that is empty, and systems.
     *
     * @param folder that is empty
     */
    public Sandbox(Path folder, SandboxSystem... systems) throws Exception {
        this.home = Files.createDirectories(folder.resolve("home"));
        this.secrets = Files.createDirectories(folder.resolve("secrets"));
        this.proxy = new SandboxProxy(systems).wants("patchbay", PROXY_PASSWORD);
        Files.createDirectories(home.resolve("routes"));
        proxy.authority().write(home.resolve("proxy-ca.pem"));
    }

    /** Installs a shipped blueprint. */
    public void install(String blueprint, Map<String, String> answers) {
        List<String> words = new ArrayList<>(List.of(
                "blueprint", "install", blueprint, "--from=" + Path.of("").toAbsolutePath(), "--home=" + home));
        answers.forEach((question, answer) -> words.add("--set=" + question + "=" + answer));
        Said said = Said.by(home, Map.of(), "", words.toArray(String[]::new));
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("Its flows are drafts");
    }

    /** Puts a secret where those of containers lie. */
    public void secret(String name, String value) throws IOException {
        Files.writeString(secrets.resolve(name), value);
    }

    /** Writes a file of the home by hand. */
    public void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Changes a file of the home by hand. */
    public void edit(String file, String text, String by) throws IOException {
        Path path = home.resolve(file);
        String before = Files.readString(path);
        assertThat(before).as(file).contains(text);
        Files.writeString(path, before.replace(text, by));
    }

    /** Makes all flows active. */
    public void activate() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".flow.yaml")).toList()) {
                edit(home.relativize(file).toString(), "status: draft", "status: active");
            }
        }
    }

    /** Starts the program. */
    public void start() {
        Said checked = Said.by(home, Map.of(), "", "check");
        assertThat(checked.code()).as(checked.toString()).isZero();
        program = new SpringApplicationBuilder(App.class)
                .run(
                        "--patchbay.home=" + home,
                        "--patchbay.admin-token=" + TOKEN,
                        "--patchbay.secrets.dir=" + secrets,
                        "--patchbay.http.proxy.address=" + proxy.address(),
                        "--patchbay.http.proxy.user=patchbay",
                        "--patchbay.http.proxy.password=" + PROXY_PASSWORD,
                        "--patchbay.http.ca=proxy-ca.pem",
                        "--patchbay.intake.port=0",
                        "--server.port=" + management);
    }

    /** Starts a run of a flow, and waits until it ended. */
    public Run run(String flow) throws Exception {
        return ended(api("POST", "/api/v1/flows/" + flow + "/start").path("run").asText());
    }

    /** Sends the one payload that failed in a run again with its own content, from a shape on, and waits until that run ended. */
    public Run replay(Run run, String from) throws Exception {
        JsonNode failed = api(
                        "GET",
                        "/api/v1/failed-payloads?run=" + run.record().path("id").asText())
                .path("data");
        assertThat(failed).as(run.toString()).hasSize(1);
        String path = "/api/v1/failed-payloads/" + failed.path(0).path("id").asText();
        ObjectNode asked = Json.NODES.objectNode().put("from", from);
        asked.set("edited", api("GET", path + "/body"));
        return ended(api("POST", path + "/replay", asked.toString()).path("run").asText());
    }

    private Run ended(String id) throws Exception {
        JsonNode ended = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> api("GET", "/api/v1/runs/" + id),
                        run -> ENDED.contains(run.path("status").asText()));
        return new Run(ended, api("GET", "/api/v1/runs/" + id + "/logs"), proxy.calls());
    }

    /**
     * A run that ended. As text it tells what a failed test needs.
     *
     * @param record as the API gives it
     * @param log its log
     * @param calls all calls of systems until now
     */
    public record Run(JsonNode record, JsonNode log, List<SandboxProxy.Asked> calls) {

        private static final int MOST_TOLD = 30;
        private static final int LONGEST_TOLD = 1_500;

        /** How it ended. */
        public String status() {
            return record.path("status").asText();
        }

        @Override
        public String toString() {
            StringBuilder all = new StringBuilder(record.toPrettyString());
            log.path("data").forEach(line -> all.append('\n').append(line));
            calls.stream()
                    .skip(Math.max(0, calls.size() - MOST_TOLD))
                    .map(String::valueOf)
                    .map(call -> call.substring(0, Math.min(call.length(), LONGEST_TOLD)))
                    .forEach(call -> all.append('\n').append(call));
            return all.toString();
        }
    }

    /** Calls the API as the first administrator. */
    public JsonNode api(String method, String path) throws IOException, InterruptedException {
        return api(method, path, "");
    }

    /** Calls the API as the first administrator, with a JSON body. */
    public JsonNode api(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
        return Json.MAPPER.readTree(answer.body());
    }

    /** What systems were asked until now. */
    public List<SandboxProxy.Asked> calls() {
        return proxy.calls();
    }

    /** The home folder. */
    public Path home() {
        return home;
    }

    @Override
    public void close() throws IOException {
        if (program != null) {
            program.close();
        }
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }
}
