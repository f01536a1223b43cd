package io.patchbay.connector.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.Asides;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SftpCallTest {

    @TempDir
    Path home;

    private World world;
    private Sftp sftp;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        sftp = new Sftp(home.resolve("remote"));
        sftp.writeKnownHosts(home.resolve("data/known-hosts"));
        Path shipped = Path.of("connectors/sftp/connector.yaml").toAbsolutePath();
        world.write("connectors/sftp/connector.yaml", Files.readString(shipped));
        instance("auth: password", "password: '${secret.PASSWORD}'");
        world.secret("PASSWORD", "correct horse");
    }

    @AfterEach
    void close() throws Exception {
        world.close();
        sftp.close();
    }

    private void instance(String auth, String more) throws Exception {
        world.write("connectors/sftp/instances/warehouse.yaml", """
                instance: warehouse
                connector: sftp
                %s
                settings: {host: 127.0.0.1, port: %d, user: ada, %s}
                """.formatted(auth, sftp.port(), more));
        world.reload();
    }

    private static Payload nothing() {
        return Payload.empty(Lineage.ofRun("run-1"));
    }

    private Payload call(String endpoint, Map<String, String> with, Payload payload) throws Exception {
        Exchange exchange = exchange(endpoint, with, payload);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return (Payload) exchange.getMessage().getBody();
    }

    private Exchange exchange(String endpoint, Map<String, String> with, Payload payload) throws Exception {
        return world.context().createProducerTemplate().request("connector:warehouse/" + endpoint, e -> {
            e.setProperty(Use.WITH, with);
            e.setProperty(io.patchbay.payload.Attempt.PROPERTY, attempt);
            e.getMessage().setBody(payload);
        });
    }

    private StepException failure(String endpoint, Map<String, String> with) throws Exception {
        Exchange exchange = exchange(endpoint, with, World.payload("{\"a\":1}"));
        assertThat(exchange.getException()).isInstanceOf(StepException.class);
        return (StepException) exchange.getException();
    }

    @Test
    void rowsThatArePutAreReadAgain() throws Exception {
        call(
                "rows.put",
                Map.of("path", "stock.csv"),
                World.payload("[{\"sku\":\"A,1\",\"qty\":2},{\"sku\":\"B\",\"qty\":3}]"));

        assertThat(sftp.file("stock.csv")).hasContent("sku,qty\r\n\"A,1\",2\r\nB,3\r\n");
        List<Pull.Element> all = world.pull("connector:warehouse/rows.read", attempt, null);
        assertThat(all.get(0))
                .isInstanceOfSatisfying(
                        Pull.Page.class,
                        page -> assertThat(page.payload().body())
                                .hasToString(
                                        "Tree[tree=[{\"sku\":\"A,1\",\"qty\":\"2\"},{\"sku\":\"B\",\"qty\":\"3\"}]]"));
    }

    @Test
    void aWorkbookIsPutAndReadAgainInPages() throws Exception {
        String shipped =
                Files.readString(Path.of("connectors/sftp/connector.yaml").toAbsolutePath());
        world.write("connectors/sftp/connector.yaml", shipped.replace("\nendpoints:\n", """

                endpoints:
                  book.read: {kind: read, file: {op: read, pattern: '*.xlsx', content: {format: auto, chunk: 2}}}
                  book.put: {kind: upsert, file: {op: write, path: stock.xlsx, content: {format: xlsx}}}
                """));
        world.reload();
        call("book.put", Map.of(), World.payload("[{\"sku\":\"A\"},{\"sku\":\"B\"},{\"sku\":\"C\"}]"));

        assertThat(world.pull("connector:warehouse/book.read", attempt, null))
                .filteredOn(Pull.Page.class::isInstance)
                .extracting(page -> ((Pull.Page) page).payload().tree().toString())
                .containsExactly("[{\"sku\":\"A\"},{\"sku\":\"B\"}]", "[{\"sku\":\"C\"}]");

        Files.writeString(sftp.file("stock.xlsx"), "no workbook");
        assertThat(world.pull("connector:warehouse/book.read", attempt, null))
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class,
                        failed -> assertThat(failed.why())
                                .hasMessageContaining("file 'stock.xlsx' cannot be read as xlsx"));
    }

    @Test
    void aRowThatIsBrokenGoesAsideWithTheNameOfItsFile() throws Exception {
        String shipped =
                Files.readString(Path.of("connectors/sftp/connector.yaml").toAbsolutePath());
        world.write("connectors/sftp/connector.yaml", shipped.replace("\nendpoints:\n", """

                endpoints:
                  stock.read: {kind: read, file: {op: read, path: stock.csv, content: {format: csv}}}
                """));
        world.reload();
        Files.writeString(sftp.file("stock.csv"), "sku,qty\nA,2,9\nB,3\n");

        List<Pull.Element> all = world.pull("connector:warehouse/stock.read", attempt, Asides.SKIPS);

        assertThat(all).hasSize(3);
        assertThat(all.get(0)).isInstanceOfSatisfying(Pull.Aside.class, aside -> {
            assertThat(aside.payload().meta()).containsEntry("file.path", "stock.csv");
            assertThat(aside.why()).hasMessageContaining("file 'stock.csv' cannot be read as csv");
        });
        assertThat(all.get(1))
                .isInstanceOfSatisfying(
                        Pull.Page.class,
                        page -> assertThat(page.payload().body())
                                .hasToString("Tree[tree=[{\"sku\":\"B\",\"qty\":\"3\"}]]"));
    }

    @Test
    void writesUnderATemporaryNameAndRenames() throws Exception {
        Payload answer = call("files.put", Map.of("path", "in/new/a.json"), World.payload("{\"a\":1}"));

        assertThat(answer.tree()).hasToString("{\"path\":\"in/new/a.json\",\"size\":7}");
        assertThat(sftp.file("in/new/a.json")).hasContent("{\"a\":1}");
        assertThat(sftp.file("in/new")).isDirectoryContaining(file -> true);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(sftp.file("in/new"))) {
            assertThat(all).hasSize(1);
        }
        assertThat(attempt.requests()).singleElement().satisfies(log -> {
            assertThat(log.method()).isEqualTo("WRITE");
            assertThat(log.target()).isEqualTo("sftp://127.0.0.1:" + sftp.port() + "/in/new/a.json");
            assertThat(log.sent()).isEqualTo(7);
        });
    }

    @Test
    void tellsHowTheInstanceStands() throws Exception {
        InstanceCalls calls =
                new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        call("files.put", Map.of("path", "a.json"), World.payload("{\"a\":2}"));
        assertThat(calls.standing(world.catalog().instance("warehouse")).status())
                .isEqualTo(InstanceStatus.OPERATIONAL);

        world.secret("PASSWORD", "wrong horse");
        instance("auth: password", "password: '${secret.PASSWORD}', folder: x");
        failure("files.put", Map.of("path", "a.json"));
        assertThat(calls.standing(world.catalog().instance("warehouse"))).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(view.lastFailure().sentence()).contains("does not accept user and password");
        });

        sftp.close();
        failure("files.put", Map.of("path", "a.json"));
        assertThat(calls.standing(world.catalog().instance("warehouse")).status())
                .isEqualTo(InstanceStatus.UNREACHABLE);
    }

    @Test
    void replacesAFileThatIsThere() throws Exception {
        Files.writeString(sftp.file("a.json"), "old");

        call("files.put", Map.of("path", "a.json"), World.payload("{\"a\":2}"));

        assertThat(sftp.file("a.json")).hasContent("{\"a\":2}");
    }

    @Test
    void listsFilesByPattern() throws Exception {
        Files.createDirectories(sftp.file("in/sub.csv"));
        for (String name : List.of("b.csv", "a.csv", "c.txt", ".hidden.csv", "ü.csv")) {
            Files.writeString(sftp.file("in/" + name), name);
        }

        Payload listing = call("files.list", Map.of("folder", "in", "pattern", "*.csv"), nothing());

        assertThat(listing.records())
                .extracting(record -> record.path("path").asText())
                .containsExactly("in/a.csv", "in/b.csv", "in/ü.csv");
        assertThat(listing.records().get(0).path("size").asInt()).isEqualTo(5);
        assertThat(listing.records().get(0).path("modified").asText()).endsWith("Z");
    }

    @Test
    void readsEachFileThatAPatternNames() throws Exception {
        for (String name : List.of("2.json", "1.json", "3.txt")) {
            Files.writeString(sftp.file(name), "{\"name\":\"" + name + "\"}");
        }

        List<Pull.Element> elements = world.pull("connector:warehouse/files.get?pattern={1,2}.json", attempt, null);

        assertThat(elements).hasSize(3).last().isInstanceOf(Pull.End.class);
        Payload first = ((Pull.Page) elements.get(0)).payload();
        assertThat(first.tree()).hasToString("{\"name\":\"1.json\"}");
        assertThat(first.lineage()).hasToString("run-1/it#0");
        assertThat(first.meta()).containsEntry("file.name", "1.json").containsKey("file.modified");
        assertThat(((Pull.Page) elements.get(1)).payload().lineage()).hasToString("run-1/it#1");
        assertThat(attempt.requests()).extracting(log -> log.method()).containsExactly("LIST", "READ", "READ");
    }

    @Test
    void goesOnBehindTheLastDeliveredFile() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(sftp.file(name), name);
        }
        List<Pull.Element> all = world.pull("connector:warehouse/files.get", attempt, null);
        FakeAttempt again = new FakeAttempt(Map.of(), Map.of(), ((Pull.Page) all.get(1)).next(), 2);

        List<Pull.Element> rest = world.pull("connector:warehouse/files.get", again, null);

        assertThat(rest).hasSize(2);
        Payload page = ((Pull.Page) rest.get(0)).payload();
        assertThat(new String(page.bytes(), StandardCharsets.UTF_8)).isEqualTo("c");
        assertThat(page.lineage()).hasToString("run-1/it#2");
    }

    @Test
    void passesFiftyMegabytesThroughASmallerHeap() throws Exception {
        SmallProcess.run(SmallHeap.class, home);
    }

    @Test
    void movesAndDeletes() throws Exception {
        Files.writeString(sftp.file("a b.txt"), "a");
        Files.writeString(sftp.file("ab.txt"), "other");

        call("files.move", Map.of("path", "a b.txt", "to", "done/2026/a b.txt"), nothing());
        assertThat(sftp.file("done/2026/a b.txt")).hasContent("a");
        call("files.delete", Map.of("path", "done/2026/a b.txt"), nothing());

        assertThat(sftp.file("done/2026/a b.txt")).doesNotExist();
        assertThat(sftp.file("ab.txt")).hasContent("other");
    }

    @Test
    void saysWhenAFileIsNotThere() throws Exception {
        for (String endpoint : List.of("files.read", "files.delete")) {
            StepException why = failure(endpoint, Map.of("path", "nope.txt"));
            assertThat(why.code()).isEqualTo("FILE_NOT_FOUND");
            assertThat(why.retryable()).isFalse();
        }
        assertThat(failure("files.move", Map.of("path", "nope.txt", "to", "x")).code())
                .isEqualTo("FILE_NOT_FOUND");
        assertThat(failure("files.list", Map.of("folder", "nope")).code()).isEqualTo("FILE_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "a\\b", "a\nb", "..", "", "a/", "a*", "x\u202Etxt"})
    void refusesAPathThatLeadsElsewhere(String path) throws Exception {
        StepException why = failure("files.put", Map.of("path", path));

        assertThat(why.code()).isEqualTo("BAD_PATH");
    }

    @Test
    void leavesOutNamesOfAServerThatLeadElsewhere() throws Exception {
        sftp.subsystem(EvilSubsystem.of("../../etc/x", "..\\x", "a\u0000b", "good.csv", ".."));
        for (int i = 0; i < 5; i++) {
            Files.writeString(sftp.file(i + ".csv"), "1");
        }

        Payload listing = call("files.list", Map.of(), nothing());

        assertThat(listing.records())
                .extracting(record -> record.path("name").asText())
                .containsExactly("good.csv");
        assertThat(attempt.log())
                .anyMatch(line -> line.contains("its name '../../etc/x' would lead out of the folder"));
    }

    /** A server whose listings say what they like. */
    @Test
    void logsInWithAPrivateKey() throws Exception {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(sftp.userKey, "ada", null, key);
        world.secret("KEY", key.toString(StandardCharsets.UTF_8).strip());
        instance("auth: key", "privateKey: '${secret.KEY}'");

        call("files.put", Map.of("path", "by-key.json"), World.payload("{}"));

        assertThat(sftp.file("by-key.json")).exists();
        assertThat(sftp.logins).hasValue(0);
    }

    @Test
    void saysThatAPasswordIsWrong() throws Exception {
        world.secret("PASSWORD", "wrong");

        StepException why = failure("files.put", Map.of("path", "x"));

        assertThat(why.code()).isEqualTo("AUTH_FAILED");
        assertThat(why.retryable()).isFalse();
        assertThat(why.getMessage()).doesNotContain("wrong");
    }

    @Test
    void looksAPasswordUpAgainAfterItWasRefused() throws Exception {
        world.secret("PASSWORD", "wrong");
        failure("files.put", Map.of("path", "x"));

        world.secret("PASSWORD", "correct horse");

        call("files.put", Map.of("path", "x"), World.payload("{}"));
        assertThat(sftp.file("x")).exists();
    }

    @Test
    void refusesAServerWhoseHostKeyChanged() throws Exception {
        sftp.useKey(Sftp.newKey());

        StepException why = failure("files.put", Map.of("path", "x"));

        assertThat(why.code()).isEqualTo("HOST_KEY_CHANGED");
        assertThat(why.retryable()).isFalse();
        assertThat(sftp.logins).hasValue(0);
    }

    @Test
    void refusesAServerWhoseHostKeyIsNotKnown() throws Exception {
        Files.writeString(home.resolve("data/known-hosts"), "");

        assertThat(failure("files.put", Map.of("path", "x")).code()).isEqualTo("HOST_KEY_UNKNOWN");

        Files.delete(home.resolve("data/known-hosts"));
        instance("auth: password", "folder: y, password: '${secret.PASSWORD}'");
        StepException why = failure("files.put", Map.of("path", "x"));
        assertThat(why.code()).isEqualTo("NO_KNOWN_HOSTS");
        assertThat(why.getMessage()).contains("'data/known-hosts' is not there");
    }

    @Test
    void keepsItsConnectionsOpen() throws Exception {
        for (int i = 0; i < 5; i++) {
            call("files.put", Map.of("path", i + ".json"), World.payload("{}"));
        }

        assertThat(sftp.logins).hasValue(1);
    }

    @Test
    void saysThatAServerIsNotThere() throws Exception {
        sftp.close();

        StepException why = failure("files.put", Map.of("path", "x"));

        assertThat(why.code()).isEqualTo("CONNECT_FAILED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void readsWholeContentOnEachTryOfAWrite() throws IOException, Exception {
        Payload payload = new Payload(
                Lineage.ofRun("run-1"),
                new Body.Bytes("x,y\n".getBytes(StandardCharsets.UTF_8), "text/csv"),
                RecordPath.ROOT,
                Map.of());

        call("files.put", Map.of("path", "x.csv"), payload);
        call("files.put", Map.of("path", "x.csv"), payload);

        assertThat(new ByteArrayInputStream(Files.readAllBytes(sftp.file("x.csv"))))
                .hasContent("x,y\n");
    }
}
