package io.patchbay.connector.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.Asides;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector as it is shipped against a server without TLS. */
class FtpCallTest {

    @TempDir
    Path home;

    private World world;
    private Ftp ftp;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        ftp = new Ftp(home.resolve("remote"));
        ftp.warehouse(world, "security: none");
    }

    @AfterEach
    void close() {
        world.close();
        ftp.close();
    }

    private static Payload nothing() {
        return Payload.empty(Lineage.ofRun("run-1"));
    }

    private Exchange exchange(String endpoint, Map<String, String> with, Payload payload) {
        return world.context().createProducerTemplate().request("connector:warehouse/" + endpoint, e -> {
            e.setProperty(Use.WITH, with);
            e.setProperty(Attempt.PROPERTY, attempt);
            e.getMessage().setBody(payload);
        });
    }

    private Payload call(String endpoint, Map<String, String> with, Payload payload) throws Exception {
        Exchange exchange = exchange(endpoint, with, payload);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return (Payload) exchange.getMessage().getBody();
    }

    private StepException failure(String endpoint, Map<String, String> with) throws Exception {
        Exchange exchange = exchange(endpoint, with, World.payload("{\"a\":1}"));
        assertThat(exchange.getException()).isInstanceOf(StepException.class);
        return (StepException) exchange.getException();
    }

    @Test
    void tellsHowTheInstanceStands() throws Exception {
        call("files.put", Map.of("path", "a.json"), World.payload("{\"a\":1}"));
        assertThat(world.standing("warehouse").status()).isEqualTo(InstanceStatus.OPERATIONAL);

        failure("files.delete", Map.of("path", "gone.json"));
        assertThat(world.standing("warehouse")).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.OPERATIONAL); // it answers
            assertThat(view.lastFailure()).isNull();
        });

        ftp.warehouse(world, "security: none, folder: x");
        world.secret("PASSWORD", "wrong horse");
        failure("files.put", Map.of("path", "a.json"));
        assertThat(world.standing("warehouse")).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(view.lastFailure().code()).isEqualTo("AUTH_FAILED");
        });

        ftp.close();
        failure("files.put", Map.of("path", "a.json"));
        assertThat(world.standing("warehouse").status()).isEqualTo(InstanceStatus.UNREACHABLE);
    }

    private void endpoints(String more) throws Exception {
        String shipped =
                Files.readString(Path.of("connectors/ftp/connector.yaml").toAbsolutePath());
        assertThat(shipped).contains("\nendpoints:\n");
        world.write("connectors/ftp/connector.yaml", shipped.replace("\nendpoints:\n", "\nendpoints:\n" + more));
        world.reload();
    }

    @Test
    void aRowThatIsBrokenGoesAsideWithTheNameOfItsFileAndIsReadAloneWhenItIsMended() throws Exception {
        endpoints("  stock.read: {kind: read, file: {op: read, path: stock.csv, content: {format: csv}}}\n");
        Files.writeString(ftp.file("stock.csv"), "sku,qty\nA,2,9\nB,3\n");

        List<Pull.Element> all = world.pull("connector:warehouse/stock.read", attempt, Asides.SKIPS);

        assertThat(all).hasSize(3);
        Pull.Aside aside = (Pull.Aside) all.get(0);
        assertThat(aside.payload().meta()).containsEntry("file.path", "stock.csv");
        assertThat(aside.why()).hasMessageContaining("file 'stock.csv' cannot be read as csv");
        assertThat(bodies(all)).containsExactly("[{\"sku\":\"B\",\"qty\":\"3\"}]");
        Files.delete(ftp.file("stock.csv")); // it is not read again
        Body mended = new Body.Bytes("sku,qty\nA,2\n".getBytes(StandardCharsets.UTF_8), "text/csv");
        Payload again = aside.payload().withBody(mended, aside.payload().recordPath());
        assertThat(bodies(Asides.again(world, "connector:warehouse/stock.read", again, attempt)))
                .containsExactly("[{\"sku\":\"A\",\"qty\":\"2\"}]");
    }

    @Test
    void filesAreNoListThatIsReadForEachRecordOfAnother() {
        assertThatThrownBy(() -> endpoints("""
                  all.read:
                    kind: read
                    inputs: {path: {required: false}}
                    file: {op: read, path: '${with.path}', content: {format: csv}}
                    partition: {parent: files.list, key: path, input: path}
                """)).hasMessageContaining("a partition belongs to a list");
    }

    private static List<String> bodies(List<Pull.Element> all) throws StepException {
        List<String> bodies = new ArrayList<>();
        for (Pull.Element one : all) {
            if (one instanceof Pull.Page page) {
                bodies.add(page.payload().tree().toString());
            }
        }
        return bodies;
    }

    @Test
    void rowsThatArePutAreReadAgain() throws Exception {
        call(
                "rows.put",
                Map.of("path", "stock.csv"),
                World.payload("[{\"sku\":\"A,1\",\"qty\":2},{\"sku\":\"B\",\"qty\":3}]"));

        assertThat(ftp.file("stock.csv")).hasContent("sku,qty\r\n\"A,1\",2\r\nB,3\r\n");
        List<Pull.Element> all = world.pull("connector:warehouse/rows.read", attempt, null);
        assertThat(all.get(0))
                .isInstanceOfSatisfying(
                        Pull.Page.class,
                        page -> assertThat(page.payload().body())
                                .hasToString(
                                        "Tree[tree=[{\"sku\":\"A,1\",\"qty\":\"2\"},{\"sku\":\"B\",\"qty\":\"3\"}]]"));
    }

    @Test
    void writesUnderATemporaryNameAndRenames() throws Exception {
        Payload answer = call("files.put", Map.of("path", "in/new/a.json"), World.payload("{\"a\":1}"));

        assertThat(answer.tree()).hasToString("{\"path\":\"in/new/a.json\",\"size\":7}");
        assertThat(ftp.file("in/new/a.json")).hasContent("{\"a\":1}");
        assertThat(ftp.file("in/new").toFile().list()).containsExactly("a.json");
        assertThat(ftp.commands).anyMatch(line -> line.matches("STOR in/new/\\.a\\.json\\..*\\.part"));
        assertThat(attempt.requests()).singleElement().satisfies(log -> {
            assertThat(log.method()).isEqualTo("WRITE");
            assertThat(log.target()).isEqualTo("ftp://127.0.0.1:" + ftp.port() + "/in/new/a.json");
        });
    }

    @Test
    void replacesAFileThatIsThere() throws Exception {
        Files.writeString(ftp.file("a.json"), "old");

        call("files.put", Map.of("path", "a.json"), World.payload("{\"a\":2}"));

        assertThat(ftp.file("a.json")).hasContent("{\"a\":2}");
    }

    @Test
    void listsFilesByPattern() throws Exception {
        Files.createDirectories(ftp.file("in/sub.csv"));
        for (String name : List.of("b.csv", "a.csv", "c.txt", ".hidden.csv", "ü €.csv")) {
            Files.writeString(ftp.file("in/" + name), name);
        }

        Payload listing = call("files.list", Map.of("folder", "in", "pattern", "*.csv"), nothing());

        assertThat(listing.records())
                .extracting(record -> record.path("path").asText())
                .containsExactly("in/a.csv", "in/b.csv", "in/ü €.csv");
        assertThat(listing.records().get(0).path("size").asInt()).isEqualTo(5);
        assertThat(listing.records().get(0).path("modified").asText())
                .isEqualTo(Files.getLastModifiedTime(ftp.file("in/a.csv"))
                        .toInstant()
                        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                        .toString());
        assertThat(ftp.commands).contains("MLSD in", "EPSV").noneMatch(line -> line.startsWith("PASV"));
    }

    @Test
    void readsEachFileThatAPatternNames() throws Exception {
        for (String name : List.of("2.json", "1.json", "3.txt")) {
            Files.writeString(ftp.file(name), "{\"name\":\"" + name + "\"}");
        }

        List<Pull.Element> elements = world.pull("connector:warehouse/files.get?pattern={1,2}.json", attempt, null);

        assertThat(elements).hasSize(3).last().isInstanceOf(Pull.End.class);
        Payload first = ((Pull.Page) elements.get(0)).payload();
        assertThat(first.tree()).hasToString("{\"name\":\"1.json\"}");
        assertThat(first.meta()).containsEntry("file.name", "1.json").containsKey("file.modified");
        assertThat(attempt.requests()).extracting(log -> log.method()).containsExactly("LIST", "READ", "READ");
        call("files.list", Map.of(), nothing());
        assertThat(ftp.commands).as("the end of the pull cut no idle session").containsOnlyOnce("PASS");
    }

    @Test
    void streamsALargeFileToDisk() throws Exception {
        byte[] content = new byte[5_000_000];
        new Random(1).nextBytes(content);
        Files.write(ftp.file("large.bin"), content);

        Payload answer = call("files.read", Map.of("path", "large.bin"), nothing());

        assertThat(answer.body()).isInstanceOf(Body.Stored.class);
        assertThat(answer.bytes()).isEqualTo(content);
    }

    @Test
    void movesAndDeletes() throws Exception {
        Files.writeString(ftp.file("-l a.txt"), "a");
        Files.writeString(ftp.file("ab.txt"), "other");

        call("files.move", Map.of("path", "-l a.txt", "to", "done/2026/a b.txt"), nothing());
        assertThat(ftp.file("done/2026/a b.txt")).hasContent("a");
        call("files.delete", Map.of("path", "done/2026/a b.txt"), nothing());

        assertThat(ftp.file("done/2026/a b.txt")).doesNotExist();
        assertThat(ftp.file("ab.txt")).hasContent("other");
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
    @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "a\\b", "a\nDELE b", "a\rb", "..", "", "a/", "a*"})
    void refusesAPathThatLeadsElsewhereOrHoldsACommand(String path) throws Exception {
        assertThat(failure("files.put", Map.of("path", path)).code()).isEqualTo("BAD_PATH");
        assertThat(ftp.commands).isEmpty();
    }

    @Test
    void saysThatAPasswordIsWrongAndLooksItUpAgain() throws Exception {
        world.secret("PASSWORD", "wrong one");

        StepException why = failure("files.put", Map.of("path", "x"));
        world.secret("PASSWORD", "correct horse");
        call("files.put", Map.of("path", "x"), World.payload("{}"));

        assertThat(why.code()).isEqualTo("AUTH_FAILED");
        assertThat(why.retryable()).isFalse();
        assertThat(why.getMessage()).doesNotContain("wrong one");
        assertThat(ftp.file("x")).exists();
    }

    @Test
    void sendsNoPasswordThatHoldsACommand() throws Exception {
        world.secret("PASSWORD", "x\r\nDELE a");

        assertThat(failure("files.put", Map.of("path", "x")).code()).isEqualTo("BAD_VALUE");
        assertThat(ftp.commands).isEmpty();
    }

    @Test
    void keepsItsConnectionsOpen() throws Exception {
        for (int i = 0; i < 5; i++) {
            call("files.put", Map.of("path", i + ".json"), World.payload("{}"));
        }

        assertThat(ftp.commands).filteredOn("PASS"::equals).hasSize(1);
    }

    @Test
    void letsTheServerOpenDataConnections() throws Exception {
        ftp.warehouse(world, "security: none, mode: active");

        call("files.put", Map.of("path", "a.txt"), World.payload("{}"));

        assertThat(ftp.file("a.txt")).hasContent("{}");
        assertThat(ftp.commands).anyMatch(line -> line.startsWith("PORT") || line.startsWith("EPRT"));
    }

    @Test
    void saysThatAServerIsNotThere() throws Exception {
        ftp.close();

        StepException why = failure("files.put", Map.of("path", "x"));

        assertThat(why.code()).isEqualTo("CONNECT_FAILED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void saysThatASettingIsNoneOfTheChoices() throws Exception {
        String file = "connectors/ftp/connector.yaml";
        world.write(file, Files.readString(home.resolve(file)).replace("mode: '${settings.mode}'", "mode: both"));
        world.reload();

        StepException why = failure("files.put", Map.of("path", "x"));

        assertThat(why.getMessage()).isEqualTo("requester.ftp: 'mode' must be one of passive, active, found 'both'");
    }

    @Test
    void callsNoPrivateHostThatIsNotMeant() throws Exception {
        String file = "connectors/ftp/connector.yaml";
        world.write(file, Files.readString(home.resolve(file)).replace("  allowedHosts: ['${settings.host}']\n", ""));
        world.reload();

        assertThat(failure("files.list", Map.of()).code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(ftp.commands).isEmpty();
    }

    @Test
    void reportsContentThatWasCutOff() throws Exception {
        try (CuttingServer cutting = new CuttingServer()) {
            world.write(
                    "connectors/ftp/instances/warehouse.yaml",
                    "{instance: warehouse, connector: ftp, auth: anonymous, settings: {host: 127.0.0.1, security: none, port: "
                            + cutting.port() + "}}");
            world.reload();

            StepException why = failure("files.read", Map.of("path", "a.txt"));

            assertThat(why.retryable()).isTrue();
            assertThat(why.getMessage()).contains("the file came cut off: the server answers '426 gone'");
            assertThat(new String(cutting.sent(), StandardCharsets.UTF_8)).isEqualTo("half");
        }
    }
}
