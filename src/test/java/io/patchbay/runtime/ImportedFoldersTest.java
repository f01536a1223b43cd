package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.sftp.Sftp;
import io.patchbay.moving.Finding;
import io.patchbay.moving.Import;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Commands to a file server that came with a flow of another program do on a real server what they did there. */
class ImportedFoldersTest {

    private static final String FLOW = """
            {"flow": {"name": "Depot", "versions": [{"steps": [
                {"id": 1, "type": "trigger", "config": {}},
                {"id": 2, "type": "connector", "name": "Take", "config": {"connector": 1, "endpoint": 2, "variables": {"ftp_command": "get", "root": "/out", "path": "orders-.*\\\\.csv"}}},
                {"id": 3, "type": "connector", "name": "Copy", "config": {"connector": 1, "endpoint": 3, "ftp_command": "put copies/{{original_filename}}"}},
                {"id": 4, "type": "connector", "name": "Put away", "config": {"connector": 1, "endpoint": 3, "ftp_command": "rename out/{{original_filename}} done/{{original_filename}}"}}],
              "connections": [{"from": 1, "to": 2}, {"from": 2, "to": 3}, {"from": 3, "to": 4}]}]},
             "systems": [{"id": 7, "name": "Depot", "protocol": "SFTP", "connectors": [{"id": 1, "name": "Depot"}],
               "endpoints": [{"id": 2, "name": "SFTP GET UserPass"}, {"id": 3, "name": "SFTP PUT UserPass"}]}]}\
            """;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    @TempDir
    Path secrets;

    @Test
    void filesAreTakenCopiedAndPutAway() throws Exception {
        try (Sftp server = new Sftp(folder)) {
            for (String name : new String[] {"out/orders-1.csv", "out/orders-2.csv", "out/others.csv"}) {
                put(server.file(name), "id,name\n" + name.length() + ",é\n");
            }
            Files.createDirectories(server.file("done"));
            bring(server);
            put(secrets.resolve("DEPOT_PASSWORD"), "correct horse");
            try (ConfigurableApplicationContext program = Program.start(home, "--patchbay.secrets.dir=" + secrets)) {
                RunRecord run = new Program(home, program).run("depot", "{}");
                assertThat(run.status()).as(String.valueOf(run.reason())).isEqualTo(RunStatus.SUCCEEDED);
            }
            assertThat(files())
                    .containsExactly(
                            "copies/orders-1.csv",
                            "copies/orders-2.csv",
                            "done/orders-1.csv",
                            "done/orders-2.csv",
                            "out/others.csv");
            assertThat(server.file("copies/orders-1.csv")).hasContent("id,name\n16,é\n");
        }
    }

    /** Brings the flow along, and says what its file could not: where the server is. */
    private void bring(Sftp server) throws Exception {
        Import.Result made =
                Import.read(new Import.Request(Dialect.PATCHWORKS, "depot.json", FLOW, null, path -> false));
        assertThat(made.findings().stream().filter(Finding::lost)).isEmpty();
        for (Map.Entry<String, String> file : made.files().entrySet()) {
            String text = file.getValue();
            put(
                    home.resolve(file.getKey()),
                    file.getKey().endsWith("instances/depot.yaml")
                            ? text.replace("host: set-me", "host: 127.0.0.1, port: " + server.port())
                                    .replace("user: set-me", "user: ada")
                            : text);
        }
        put(
                home.resolve("connectors/sftp/connector.yaml"),
                Files.readString(Path.of("connectors/sftp/connector.yaml")));
        server.writeKnownHosts(home.resolve("data/known-hosts"));
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Stream<String> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all
                    .filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
