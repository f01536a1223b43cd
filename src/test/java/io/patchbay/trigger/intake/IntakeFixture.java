package io.patchbay.trigger.intake;

import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problems;
import io.patchbay.trigger.CallerTraces;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Trigger;
import io.patchbay.trigger.inbound.CallerDesk;
import io.patchbay.trigger.inbound.JdbcCallers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;

/** A real intake on a free port, with triggers written as in a flow file. */
final class IntakeFixture implements AutoCloseable {

    /** What senders call the intake. */
    static final String PUBLIC_URL = "https://patchbay.example.com";

    static final String SECRET = "it's a secret";

    /** Values of secrets that are not {@link #SECRET}. */
    final Map<String, String> secrets = new ConcurrentHashMap<>();

    final SetClock clock = new SetClock();
    final FakeEvents events = new FakeEvents();
    final CallerDesk callers;
    final RecordedStarts starts = new RecordedStarts();
    final CamelContext camel = new DefaultCamelContext();
    final Intake intake;
    final Path folder;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    IntakeFixture(Path folder) throws Exception {
        this(folder, IntakeSettings.of("127.0.0.1", 0, folder.resolve("intake")));
    }

    IntakeFixture(Path folder, IntakeSettings settings) throws Exception {
        this.folder = folder;
        this.callers = new CallerDesk(new JdbcCallers(database(), clock), clock);
        camel.start();
        intake = new Intake(
                settings,
                new Intake.Parts(
                        camel,
                        starts,
                        new MovedFiles(Files.createDirectories(folder.resolve("bodies"))),
                        name -> name.equals("MISSING")
                                ? Optional.empty()
                                : Optional.of(secrets.getOrDefault(name, SECRET)),
                        events,
                        callers,
                        clock,
                        CallerTraces.NONE,
                        PUBLIC_URL));
        intake.start();
    }

    /** The tables of callers in memory. */
    private static DataSource database() throws IOException, SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        for (String name : List.of("043-inbound", "093-caller-size")) {
            try (InputStream script = IntakeFixture.class.getResourceAsStream("/db/h2/" + name + ".sql");
                    Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return database;
    }

    /** The flow of the nth trigger is called flow-n. */
    void deploy(String... triggers) {
        List<DeployedTrigger> all = new ArrayList<>();
        for (String yaml : triggers) {
            all.add(new DeployedTrigger("flow-" + all.size(), 0, trigger(yaml)));
        }
        intake.replace(all);
    }

    static Trigger trigger(String yaml) {
        Problems problems = new Problems();
        Trigger trigger = new YamlReader()
                .read("test.flow.yaml", yaml, problems)
                .map(node -> new Binder(Map.of()).bind(node, Trigger.class, problems))
                .orElse(null);
        if (trigger == null) {
            throw new IllegalArgumentException(problems.toString());
        }
        return trigger;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + intake.port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        camel.stop();
        intake.stop();
    }

    /** Moves files into a folder. */
    record MovedFiles(Path folder) implements LargeBodies {
        @Override
        public Body.Stored adopt(Path file, String contentType, long size) throws IOException {
            return new Body.Stored(Files.move(file, folder.resolve(file.getFileName())), contentType, size);
        }

        @Override
        public void discard(Body.Stored body) {
            try {
                Files.delete(body.file());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
