package io.patchbay.trigger.file;

import io.patchbay.connector.sftp.Sftp;
import io.patchbay.payload.Body;
import io.patchbay.trigger.Arrival.Order;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.util.unit.DataSize;

/** A program of its own: takes a large file from an SFTP server, both in one heap that is smaller than the file. */
final class SmallHeap {

    private static final int MEGABYTES = 50;

    private SmallHeap() {}

    /** Ends with 0 when the start's body is the file. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        try (Arrivals arrivals = new Arrivals(home);
                Sftp sftp = new Sftp(home.resolve("remote"))) {
            SftpArrivalTest.warehouse(arrivals.world, sftp);
            Path file = sftp.file("large.csv");
            byte[] block = new byte[1 << 20];
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int i = 0; i < MEGABYTES; i++) {
                    Arrays.fill(block, (byte) i);
                    out.write(block);
                }
            }
            arrivals.settleAndLook(arrivals.watch(
                    Arrivals.trigger("warehouse", Order.NAME, DataSize.ofGigabytes(1), Arrivals.ARCHIVED)));
            Body body = arrivals.started.get(0).body();
            boolean same = body instanceof Body.Stored stored && Files.mismatch(stored.file(), file) == -1;
            System.exit(same ? 0 : 3);
        }
    }
}
