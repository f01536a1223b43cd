package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.FreePorts;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Does to the packaged jar what the Dockerfile does, without an engine: takes it apart, adds the scripts, takes the right to
 * write away, and runs it as a user without rights (when the build itself may choose a user).
 */
class UnpackedImageIT {

    private static final String NOBODY = "10001";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Path root;
    private static Path app;

    @BeforeAll
    static void unpack() throws Exception {
        root = Files.createTempDirectory("patchbay-image");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        app = root.resolve("opt");
        String jar = System.getProperty("patchbay.jar", "target/patchbay.jar");
        run(List.of(java(), "-Djarmode=tools", "-jar", jar, "extract", "--destination", app.toString()));
        Files.createDirectories(app.resolve("bin"));
        for (String script : List.of("patchbay", "train", "healthcheck")) {
            Files.copy(Path.of("deploy/bin", script), app.resolve("bin").resolve(script));
        }
        run(List.of("chmod", "-R", "a+rX,a-w", app.toString()));
    }

    @AfterAll
    static void remove() throws Exception {
        run(List.of("chmod", "-R", "u+w", root.toString()));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void answersHealthAndStopsGracefullyWithoutAnyRight() throws Exception {
        Path home = home("home", "");
        Map<String, String> environment = environment(home);
        Process program = startReady(environment, home);
        stop(program);
        assertThat(healthcheck(environment)).as("nobody answers after the stop").isNotZero();
        assertThat(output(home)).doesNotContain("Exception").contains(", wired at build");
        try (Stream<Path> written = Files.list(home)) {
            assertThat(written.map(path -> path.getFileName().toString()))
                    .as("the program writes under data only")
                    .isSubsetOf("routes", "connectors", "blueprints", "data", "tmp", "output.log");
        }
    }

    @Test
    void losesNothingThatItAcceptedBeforeItWasStopped() throws Exception {
        Path home = home("busy", """
                flow: busy
                settings: { overlap: queue }
                trigger:
                  - webhook: { path: busy, auth: none }
                shapes:
                  - id: keep
                    connection:
                      instance: outbox
                      endpoint: files.put
                      with: { path: "${run.id}.json" }
                      output: input
                """);
        Map<String, String> environment = environment(home);
        List<String> accepted = new ArrayList<>();
        Process first = startReady(environment, home);
        for (int i = 0; i < 200; i++) {
            accepted.add(accept(environment));
        }
        stop(first);
        Process second = startReady(environment, home);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                try (Stream<Path> files = Files.list(home.resolve("data/outbox"))) {
                    assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                            .containsExactlyInAnyOrderElementsOf(accepted);
                }
            });
        } finally {
            stop(second);
        }
    }

    private static String accept(Map<String, String> environment) throws Exception {
        HttpRequest hook = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.get("PATCHBAY_INTAKE_PORT") + "/hooks/busy"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"order\":1}"))
                .build();
        HttpResponse<String> answer = HTTP.send(hook, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Json.MAPPER.readTree(answer.body()).path("run").asText();
    }

    private static Process startReady(Map<String, String> environment, Path home) throws Exception {
        Process program =
                start(environment, asNobody(app.resolve("bin/patchbay").toString()));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> !program.isAlive() || healthcheck(environment) == 0);
            assertThat(program.isAlive()).as(() -> output(home)).isTrue();
            return program;
        } catch (Exception | AssertionError e) {
            program.destroyForcibly();
            throw e;
        }
    }

    private static void stop(Process program) throws InterruptedException {
        program.destroy();
        boolean ended = program.waitFor(30, TimeUnit.SECONDS);
        program.destroyForcibly();
        assertThat(ended).as("ends within 30 s of SIGTERM").isTrue();
        assertThat(program.exitValue()).isIn(0, 143);
    }

    private static Path home(String name, String flow) throws Exception {
        Path home = Files.createDirectory(root.resolve(name));
        for (String folder : List.of("routes", "connectors/local-folder/instances", "blueprints", "data", "tmp")) {
            Files.createDirectories(home.resolve(folder));
        }
        for (String file : List.of("local-folder/connector.yaml", "local-folder/instances/outbox.yaml")) {
            Files.copy(Path.of("connectors", file), home.resolve("connectors").resolve(file));
        }
        if (!flow.isEmpty()) {
            Files.writeString(home.resolve("routes/" + name + ".flow.yaml"), flow);
        }
        if (mayChooseUser()) {
            run(List.of("chown", "-R", NOBODY + ":" + NOBODY, home.toString()));
        }
        return home;
    }

    private static Map<String, String> environment(Path home) throws IOException {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "PATCHBAY_HOME", home.toString(),
                "PATCHBAY_ADMIN_TOKEN", "token-of-the-unpacked-image-0123456789",
                "PATCHBAY_JAVA_OPTS", "-Xmx256m -Djava.io.tmpdir=" + home.resolve("tmp"),
                "PATCHBAY_INTAKE_PORT", String.valueOf(FreePorts.next()),
                "SERVER_PORT", String.valueOf(FreePorts.next()));
    }

    private static Process start(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of(environment.get("PATCHBAY_HOME"))
                        .resolve("output.log")
                        .toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int healthcheck(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        asNobody(app.resolve("bin/healthcheck").toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process check = builder.start();
        assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return check.exitValue();
    }

    private static List<String> asNobody(String... command) {
        List<String> result = new ArrayList<>();
        if (mayChooseUser()) {
            result.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--no-new-privs"));
        }
        result.addAll(List.of(command));
        return result;
    }

    private static boolean mayChooseUser() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String output(Path home) {
        try {
            return Files.readString(home.resolve("output.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
