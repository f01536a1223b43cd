package io.patchbay.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.camel.World;
import io.patchbay.connector.sftp.EvilSubsystem;
import io.patchbay.connector.sftp.Sftp;
import io.patchbay.connector.sftp.SmallProcess;
import io.patchbay.trigger.Arrival.Order;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Files that arrive on a real SFTP server. */
class SftpArrivalTest {

    @TempDir
    private Path home;

    private Arrivals arrivals;
    private Sftp sftp;

    @BeforeEach
    void open() throws Exception {
        arrivals = new Arrivals(home);
        sftp = new Sftp(home.resolve("remote"));
        warehouse(arrivals.world, sftp);
    }

    /** Makes the server an instance. */
    static void warehouse(World world, Sftp sftp) throws Exception {
        sftp.writeKnownHosts(world.home().resolve("data/known-hosts"));
        String definition = "connectors/sftp/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/sftp/instances/warehouse.yaml",
                "{instance: warehouse, connector: sftp, auth: password, settings: {host: 127.0.0.1, port: "
                        + sftp.port() + ", user: ada, password: '${secret.PASSWORD}'}}");
        world.secret("PASSWORD", "correct horse");
        world.reload();
    }

    @AfterEach
    void close() throws Exception {
        sftp.close();
        arrivals.close();
    }

    private Watch watch() {
        return arrivals.watch(Arrivals.trigger("warehouse", Order.NAME, DataSize.ofGigabytes(1), Arrivals.ARCHIVED));
    }

    @Test
    void takesAFileAndMovesItWhenItsRunHasSucceeded() throws Exception {
        Files.writeString(sftp.file("a.csv"), "1");
        Files.writeString(sftp.file("b.csv"), "2");
        Watch watch = watch();
        arrivals.settleAndLook(watch);
        assertThat(arrivals.started).extracting(Arrivals.Started::text).containsExactly("1", "2");

        arrivals.end("a.csv", Outcome.SUCCEEDED);
        arrivals.end("b.csv", Outcome.FAILED);
        watch.look(new Look());

        assertThat(sftp.file("archive/a.csv")).hasContent("1");
        assertThat(sftp.file("failed/b.csv")).hasContent("2");
        assertThat(sftp.file("a.csv")).doesNotExist();
        assertThat(arrivals.started).hasSize(2);
    }

    @Test
    void keepsBothWhenANameIsInTheArchiveAlready() throws Exception {
        Files.createDirectories(sftp.file("archive"));
        Files.writeString(sftp.file("archive/a.csv"), "old");
        Files.writeString(sftp.file("a.csv"), "new");
        Watch watch = watch();
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        watch.look(new Look());

        assertThat(sftp.file("archive/a.csv")).hasContent("old");
        assertThat(sftp.file("archive/a-" + arrivals.started.get(0).id() + ".csv"))
                .hasContent("new");
    }

    @Test
    void leavesOutNamesThatLeadOutOfTheFolder() throws Exception {
        Files.writeString(sftp.file("a"), "1");
        Files.writeString(sftp.file("b"), "2");
        Files.writeString(sftp.file("c"), "3");
        sftp.subsystem(EvilSubsystem.of("../../etc/passwd", "..\\x", "a"));
        arrivals.settleAndLook(watch());

        assertThat(arrivals.names()).isSubsetOf(List.of("a"));
        assertThat(arrivals.started).extracting(Arrivals.Started::text).isSubsetOf(List.of("1"));
    }

    @Test
    void goesOnWhenAServerIsBackAndTheInstanceWasChanged() throws Exception {
        Files.writeString(sftp.file("a.csv"), "1");
        Watch watch = watch();
        sftp.close();
        arrivals.settleAndLook(watch);
        assertThat(arrivals.started).isEmpty();

        sftp = new Sftp(home.resolve("remote"));
        warehouse(arrivals.world, sftp);
        arrivals.settleAndLook(watch);
        assertThat(arrivals.names()).containsExactly("a.csv");
    }

    @Test
    void takesFiftyMegabytesInASmallerHeap() throws Exception {
        SmallProcess.run(SmallHeap.class, home);
    }
}
