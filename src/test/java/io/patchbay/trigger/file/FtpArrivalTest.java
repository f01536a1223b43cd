package io.patchbay.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.ftp.Ftp;
import io.patchbay.trigger.Arrival.Order;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Files that arrive on a real FTP server. */
class FtpArrivalTest {

    @TempDir
    private Path home;

    private Arrivals arrivals;
    private Ftp ftp;

    @BeforeEach
    void open() throws Exception {
        arrivals = new Arrivals(home);
        ftp = new Ftp(home.resolve("remote"));
        ftp.warehouse(arrivals.world, "security: none");
    }

    @AfterEach
    void close() throws Exception {
        ftp.close();
        arrivals.close();
    }

    @Test
    void takesAFileAndMovesItWhenItsRunHasSucceeded() throws Exception {
        Files.writeString(ftp.file("a.csv"), "1");
        Files.writeString(ftp.file("b.csv"), "2");
        Watch watch =
                arrivals.watch(Arrivals.trigger("warehouse", Order.NAME, DataSize.ofGigabytes(1), Arrivals.ARCHIVED));
        arrivals.settleAndLook(watch);
        assertThat(arrivals.started).extracting(Arrivals.Started::text).containsExactly("1", "2");

        arrivals.end("a.csv", Outcome.SUCCEEDED);
        arrivals.end("b.csv", Outcome.FAILED);
        watch.look(new Look());

        assertThat(ftp.file("archive/a.csv")).hasContent("1");
        assertThat(ftp.file("failed/b.csv")).hasContent("2");
        assertThat(ftp.file("a.csv")).doesNotExist();
        assertThat(arrivals.started).hasSize(2);
    }
}
