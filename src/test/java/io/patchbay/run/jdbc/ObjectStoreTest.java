package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.captured;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.noise;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.outbound.Outbound;
import io.patchbay.run.RunStatus;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.run.segment.ObjectStore;
import io.patchbay.run.segment.ObjectsProperties;
import io.patchbay.run.segment.S3Objects;
import io.patchbay.store.StoreProperties;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Segments of captured payloads in a store of objects, a real one in this process. */
class ObjectStoreTest {

    private static final String BUCKET = "captures";
    private static final String SECRET = "very-secret-key-of-the-store";
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path data;

    private BlobStoreContext blobs;
    private S3Proxy server;
    private URI address;
    private RunsFixture runs;

    @BeforeEach
    void open() throws Exception {
        blobs = ContextBuilder.newBuilder("transient").credentials("any", "any").build(BlobStoreContext.class);
        blobs.getBlobStore().createContainerInLocation(null, BUCKET);
        serve(URI.create("http://127.0.0.1:0"));
        address = URI.create("http://127.0.0.1:" + server.getPort());
        runs = open(DataSize.ofMegabytes(100));
    }

    @AfterEach
    void close() throws Exception {
        if (runs != null) {
            runs.close();
        }
        server.stop();
        blobs.close();
    }

    @Test
    void aSegmentIsBroughtThereReadThereAndDeletedThere() throws Exception {
        String id = newId();
        capture(id, "kept outside", Duration.ofDays(1));
        runs.close(); // it takes no more
        runs = open(DataSize.ofMegabytes(100));
        await().atMost(LONG).until(() -> here().isEmpty());

        assertThat(there()).singleElement().asString().startsWith("of-test/").endsWith(".segment");
        assertThat(texts(id)).containsExactly("kept outside");
        runs.history().sweep(Instant.now().plus(Duration.ofDays(2)));
        assertThat(there()).isEmpty();
    }

    @Test
    void whileTheStoreIsAwayRunsGoOnAndSegmentsWaitUpToTheBound() throws Exception {
        server.stop();
        runs.close();
        runs = open(DataSize.ofKilobytes(150));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(newId());
            capture(ids.get(i), i + noise(80_000), Duration.ofDays(1));
            get(runs.checkpoints().finish(record(ids.get(i), RunStatus.SUCCEEDED, NOW), null));
            runs.close();
            runs = open(DataSize.ofKilobytes(150));
        }
        await().atMost(LONG).until(() -> here().size() <= 2);
        assertThat(ids).allMatch(id -> runs.history().run(id).isPresent());
        assertThat(texts(ids.get(3))).singleElement().asString().startsWith("3");

        serve(address);
        await().atMost(LONG).until(() -> here().isEmpty());
        assertThat(texts(ids.get(3))).singleElement().asString().startsWith("3");
        assertThat(texts(ids.get(0))).isEmpty();
    }

    @Test
    void aFileThatGoesWhileItIsBroughtHoldsNoOtherBack() throws Exception {
        String id = newId();
        capture(id, "one", Duration.ofDays(1));
        capture(id, "two", Duration.ofDays(30));
        runs.close();
        AtomicInteger puts = new AtomicInteger();
        runs = open(new Meddled(
                client(BUCKET, SECRET),
                (file, put) -> {
                    if (puts.incrementAndGet() == 1) {
                        Files.delete(file);
                    }
                    put.now();
                },
                () -> false));
        await().atMost(LONG).until(() -> here().isEmpty());

        assertThat(there()).hasSize(1);
        assertThat(texts(id)).hasSize(1);
    }

    @Test
    void aSegmentThatIsSweptWhileItIsBroughtLeavesNothingThere() throws Exception {
        capture(newId(), "soon gone", Duration.ofMinutes(10));
        runs.close();
        CompletableFuture<RunsFixture> opened = new CompletableFuture<>();
        runs = open(new Meddled(
                client(BUCKET, SECRET),
                (file, put) -> {
                    put.now();
                    opened.join().history().sweep(Instant.now().plus(Duration.ofMinutes(20)));
                },
                () -> false));
        opened.complete(runs);
        await().atMost(LONG).until(() -> here().isEmpty());
        runs.close();
        runs = null;
        assertThat(there()).isEmpty();
    }

    @Test
    void aStoreThatFailsIsAskedOnceInASweep() throws Exception {
        capture(newId(), "one", Duration.ofDays(1));
        capture(newId(), "two", Duration.ofDays(3));
        runs.close();
        AtomicInteger asked = new AtomicInteger();
        runs = open(new Meddled(client(BUCKET, SECRET), (file, put) -> put.now(), () -> asked.incrementAndGet() > 0));
        await().atMost(LONG).until(() -> here().isEmpty());
        runs.history().sweep(Instant.now().plus(Duration.ofDays(9)));

        assertThat(asked).hasValue(1);
        assertThat(there()).hasSize(2);
    }

    @Test
    void aSparseSegmentThatCannotBeReadNowIsNotGivenUp() throws Exception {
        String keeps = newId();
        capture(keeps, "kept", Duration.ofDays(3));
        capture(newId(), noise(50_000), Duration.ofDays(3));
        runs.close();
        AtomicBoolean away = new AtomicBoolean(true);
        runs = open(new Meddled(client(BUCKET, SECRET), (file, put) -> put.now(), away::get));
        await().atMost(LONG).until(() -> here().isEmpty());
        List<String> before = there();
        forgetAllBut(keeps);
        runs.history().sweep(NOW);
        assertThat(there()).isEqualTo(before);

        away.set(false);
        runs.history().sweep(NOW);
        assertThat(there()).doesNotContainAnyElementsOf(before);
        assertThat(texts(keeps)).containsExactly("kept");
    }

    @Test
    void aBucketOrKeyThatIsWrongIsSaidAtOnceWithoutTheKey() {
        try (S3Objects missing = client("no-such-bucket", SECRET);
                S3Objects wrong = client(BUCKET, "wrong-" + SECRET);
                S3Objects right = client(BUCKET, SECRET)) {
            assertThat(missing.refusal())
                    .isEqualTo("the store of objects answered 404 (NoSuchBucket) for bucket 'no-such-bucket'");
            assertThat(wrong.refusal())
                    .startsWith("the store of objects answered 403")
                    .doesNotContain(SECRET);
            assertThat(right.refusal()).isEmpty();
            assertThat(there()).isEmpty();
            assertThatThrownBy(() -> wrong.get("x", 0, 5))
                    .hasStackTraceContaining("403")
                    .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        }
        assertThat(new S3Objects.Keys("id", SECRET).toString()).doesNotContain(SECRET);
    }

    @Test
    void aStoreThatIsAwayAtTheStartIsNoReasonNotToStart() throws Exception {
        server.stop();
        try (S3Objects away = client(BUCKET, SECRET)) {
            assertThat(away.refusal()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"301, false", "307, false", "400, false", "408, true", "429, true", "503, true"})
    void onlyAnAnswerThatMayChangeByItselfIsNoReasonNotToStart(int status, boolean starts) throws Exception {
        server.stop();
        HttpServer answers = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        answers.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        answers.start();
        address = URI.create("http://127.0.0.1:" + answers.getAddress().getPort());
        try (S3Objects objects = client(BUCKET, SECRET)) {
            assertThat(objects.refusal().isEmpty()).isEqualTo(starts);
        } finally {
            answers.stop(0);
        }
    }

    private void serve(URI endpoint) throws Exception {
        server = S3Proxy.builder()
                .blobStore(blobs.getBlobStore())
                .endpoint(endpoint)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "access", SECRET)
                .build();
        server.start();
        await().atMost(LONG).until(() -> server.getState().equals("STARTED"));
    }

    private RunsFixture open(DataSize buffer) throws Exception {
        return open(new CapturedSegments.Outside(client(BUCKET, SECRET), buffer.toBytes()));
    }

    private RunsFixture open(ObjectStore objects) throws Exception {
        return open(
                new CapturedSegments.Outside(objects, DataSize.ofMegabytes(100).toBytes()));
    }

    private RunsFixture open(CapturedSegments.Outside outside) throws Exception {
        return new RunsFixture(
                data,
                StoreProperties.embedded(),
                new HistoryProperties(Duration.ofDays(30), 100, Duration.ofDays(90), DataSize.ofMegabytes(50)),
                outside);
    }

    /** Sends a file. */
    private interface Put {
        void now() throws IOException;
    }

    /** What else happens when a file is sent. */
    private interface Meddler {
        void put(Path file, Put put) throws IOException;
    }

    /** The real store, and somebody who meddles when it is called. */
    private record Meddled(ObjectStore real, Meddler meddler, BooleanSupplier away) implements ObjectStore {
        @Override
        public void put(String name, Path file) throws IOException {
            meddler.put(file, () -> real.put(name, file));
        }

        @Override
        public byte[] get(String name, long at, int length) throws IOException {
            answers();
            return real.get(name, at, length);
        }

        @Override
        public void delete(String name) throws IOException {
            answers();
            real.delete(name);
        }

        private void answers() throws IOException {
            if (away.getAsBoolean()) {
                throw new IOException("the store of objects did not answer");
            }
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private S3Objects client(String bucket, String secret) {
        ObjectsProperties settings = new ObjectsProperties(
                bucket, address, "us-east-1", "of-test/", "a", "b", DataSize.ofMegabytes(1), Duration.ofSeconds(20));
        return new S3Objects(settings, bucket, new S3Objects.Keys("access", secret), Outbound.STRAIGHT);
    }

    private void capture(String run, String text, Duration keep) {
        runs.history().captured(captured(run, "map", text, keep));
        runs.flush();
    }

    private void forgetAllBut(String run) throws Exception {
        try (Connection connection = runs.store().database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from captured_block where run_id <> '" + run + "'");
        }
    }

    private List<String> texts(String run) {
        return runs.history().payloads(run, null, true).stream()
                .map(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> there() {
        return blobs
                .getBlobStore()
                .list(BUCKET, org.jclouds.blobstore.options.ListContainerOptions.Builder.recursive())
                .stream()
                .map(each -> each.getName())
                .toList();
    }

    private List<Path> here() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("captured"))) {
            return files.toList();
        }
    }
}
