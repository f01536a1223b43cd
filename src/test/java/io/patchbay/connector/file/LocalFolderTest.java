package io.patchbay.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Use;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFolderTest {

    @TempDir
    Path home;

    private World world;
    private Path outbox;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        outbox = home.resolve("data/outbox");
        for (String file : List.of("connector.yaml", "instances/outbox.yaml")) {
            world.write(
                    "connectors/local-folder/" + file, Files.readString(Path.of("connectors/local-folder/" + file)));
        }
        world.reload();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Exchange exchange(String endpoint, Map<String, String> with, Payload payload) {
        return world.context().createProducerTemplate().request("connector:outbox/" + endpoint, e -> {
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
        return (StepException) exchange(endpoint, with, World.payload("{}")).getException();
    }

    private static Payload nothing() {
        return Payload.empty(Lineage.ofRun("run-1"));
    }

    @Test
    void rowsThatArePutAreReadAgain() throws Exception {
        call(
                "rows.put",
                Map.of("path", "stock.csv"),
                World.payload("[{\"sku\":\"A,1\",\"qty\":2},{\"sku\":\"B\",\"qty\":3}]"));

        assertThat(outbox.resolve("stock.csv")).hasContent("sku,qty\r\n\"A,1\",2\r\nB,3\r\n");
        List<Pull.Element> all = world.pull("connector:outbox/rows.read", attempt, null);
        assertThat(all.get(0))
                .isInstanceOfSatisfying(
                        Pull.Page.class,
                        page -> assertThat(page.payload().body())
                                .hasToString(
                                        "Tree[tree=[{\"sku\":\"A,1\",\"qty\":\"2\"},{\"sku\":\"B\",\"qty\":\"3\"}]]"));
    }

    @Test
    void makesTheFolderAndWritesIntoIt() throws Exception {
        call("files.put", Map.of("path", "a/b.json"), World.payload("{\"a\":1}"));
        call("files.put", Map.of("path", "a/b.json"), World.payload("{\"a\":2}"));

        assertThat(outbox.resolve("a/b.json")).hasContent("{\"a\":2}");
        try (Stream<Path> all = Files.list(outbox.resolve("a"))) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void readsListsMovesAndDeletes() throws Exception {
        Files.createDirectories(outbox.resolve("in"));
        Files.writeString(outbox.resolve("in/1.csv"), "x");
        Files.writeString(outbox.resolve("in/2.csv"), "yy");
        Files.writeString(outbox.resolve("in/.3.csv.part"), "half");

        Payload listing = call("files.list", Map.of("folder", "in"), nothing());
        List<Pull.Element> files = world.pull("connector:outbox/files.get?folder=in&pattern=*.csv", attempt, null);
        call("files.move", Map.of("path", "in/1.csv", "to", "done/1.csv"), nothing());
        call("files.delete", Map.of("path", "in/2.csv"), nothing());

        assertThat(listing.records()).extracting(r -> r.path("name").asText()).containsExactly("1.csv", "2.csv");
        assertThat(files).hasSize(3);
        assertThat(new String(((Pull.Page) files.get(1)).payload().bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("yy");
        assertThat(outbox.resolve("done/1.csv")).exists();
        assertThat(outbox.resolve("in/2.csv")).doesNotExist();
    }

    @Test
    void saysWhenAFileIsNotThere() throws Exception {
        Files.createDirectories(outbox);

        assertThat(failure("files.read", Map.of("path", "x")).code()).isEqualTo("FILE_NOT_FOUND");
        assertThat(failure("files.delete", Map.of("path", "x")).code()).isEqualTo("FILE_NOT_FOUND");
        assertThat(failure("files.list", Map.of("folder", "x")).code()).isEqualTo("FILE_NOT_FOUND");
        assertThat(failure("files.move", Map.of("path", "x", "to", "y")).code()).isEqualTo("FILE_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "..", "a\\..\\b", "a\u0000b"})
    void refusesAPathThatLeadsElsewhere(String path) throws Exception {
        assertThat(failure("files.put", Map.of("path", path)).code()).isEqualTo("BAD_PATH");
        assertThat(failure("files.read", Map.of("path", path)).code()).isEqualTo("BAD_PATH");
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws Exception {
        Files.createDirectories(outbox);
        Path outside = Files.createDirectories(home.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(outbox.resolve("link"), outside);
        Files.createSymbolicLink(outbox.resolve("file.txt"), outside.resolve("secret.txt"));

        assertThat(failure("files.read", Map.of("path", "link/secret.txt")).code())
                .isEqualTo("BAD_PATH");
        assertThat(failure("files.put", Map.of("path", "link/new.txt")).code()).isEqualTo("BAD_PATH");
        assertThat(failure("files.list", Map.of("folder", "link")).code()).isEqualTo("BAD_PATH");
        assertThat(failure("files.read", Map.of("path", "file.txt")).code()).isEqualTo("FILE_FAILED");
        assertThat(call("files.list", Map.of(), nothing()).records()).isEmpty();
        assertThat(outside.resolve("new.txt")).doesNotExist();
    }
}
