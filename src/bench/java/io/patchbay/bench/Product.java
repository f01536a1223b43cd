package io.patchbay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The program under measurement: the packaged jar in a home folder of its own, with the bench connector and one flow. */
final class Product implements AutoCloseable {

    static final String TOKEN = "bench-token-of-a-throw-away-home";

    private static final int MANAGEMENT = 18092;
    private static final int INTAKE = 18093;

    private final Child child;
    private final int intake;
    private final Path home;
    private final Duration toReady;

    private Product(Child child, int intake, Path home, Duration toReady) {
        this.child = child;
        this.intake = intake;
        this.home = home;
        this.toReady = toReady;
    }

    /** Starts the packaged jar with the flow {@code bench/routes/NAME.flow.yaml} and waits until it is ready. */
    static Product start(String flow, List<String> jvm) throws IOException, InterruptedException {
        Path jar =
                Path.of(System.getProperty("bench.jar", "target/patchbay.jar")).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing: package the program first");
        }
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toString()));
        return start(command, flow);
    }

    /** Starts a command line of the program, to which the home and the ports are added. */
    static Product start(List<String> program, String flow) throws IOException, InterruptedException {
        return start(
                program,
                List.of(
                        "connectors/bench/connector.yaml",
                        "connectors/bench/instances/bench.yaml",
                        "routes/" + flow + ".flow.yaml"));
    }

    /** Starts it with these files in its home. */
    static Product start(List<String> program, List<String> files) throws IOException, InterruptedException {
        return start(program, files, MANAGEMENT, INTAKE);
    }

    /** Starts it with these files in its home, at these ports. */
    static Product start(List<String> program, List<String> files, int management, int intake)
            throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("patchbay-bench");
        for (String file : files) {
            copy(file, home);
        }
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "--patchbay.home=" + home,
                "--server.port=" + management,
                "--server.address=127.0.0.1",
                "--patchbay.intake.port=" + intake));
        command.add(1, "-Dpatchbay.admin-token=" + TOKEN);
        long begin = System.nanoTime();
        Child child = Child.start(command, home, "");
        try {
            awaitReady(management);
        } catch (IOException e) {
            child.close();
            throw e;
        }
        return new Product(child, intake, home, Duration.ofNanos(System.nanoTime() - begin));
    }

    int intakePort() {
        return intake;
    }

    long pid() {
        return child.pid();
    }

    /** What it has used of the processors so far. */
    Duration processorTime() {
        return ProcessHandle.of(pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
    }

    /** Its home folder. */
    Path home() {
        return home;
    }

    /** From the start of the process to the first healthy answer. */
    Duration toReady() {
        return toReady;
    }

    /** Calls the management API. */
    static HttpResponse<String> api(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + MANAGEMENT + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        child.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void awaitReady(int management) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (System.nanoTime() < end) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(10);
        }
        throw new IOException("the program did not become ready within 4 minutes");
    }

    private static void copy(String file, Path home) throws IOException {
        Path target = home.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = Product.class.getResourceAsStream("/bench/" + file)) {
            if (in == null) {
                throw new IOException("missing bench resource " + file);
            }
            Files.copy(in, target);
        }
    }
}
