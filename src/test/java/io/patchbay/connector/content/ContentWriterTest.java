package io.patchbay.connector.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads as content of a format. */
class ContentWriterTest {

    @TempDir
    Path home;

    /** Counts bytes, and looks at the heap when so many came. */
    private static final class Watching extends OutputStream {
        private static final long LOOKS_AT = 15_000_000;
        private long bytes;
        private long heap;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes += length;
            if (heap == 0 && bytes > LOOKS_AT) {
                heap = used();
            }
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static ContentConfig csv() {
        return ContentConfig.rows(FormatName.CSV, 1000, StandardCharsets.UTF_8, null, null);
    }

    @Test
    void aListOfJsonThatIsNotParsedYetIsItsRecords() throws Exception {
        Body bytes = new Body.Bytes("[{\"id\":1},{\"id\":2}]".getBytes(StandardCharsets.UTF_8), "application/json");
        Payload payload = new Payload(Lineage.ofRun("run-1"), bytes, RecordPath.ROOT, Map.of());
        ContentConfig csv = csv();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ContentWriter.write(payload, csv, Instant.EPOCH, out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("id", "1", "2");
    }

    @Test
    void aListOnDiskIsWrittenWithoutAllOfItInMemory() throws Exception {
        Path file = home.resolve("collected.spill");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("[");
            for (int i = 0; i < 60_000; i++) {
                out.write((i == 0 ? "" : ",") + "{\"id\":" + i + ",\"text\":\"" + "x".repeat(400) + "\"}");
            }
            out.write("]");
        }
        Body stored = new Body.Stored(file, "application/json", Files.size(file), 60_000);
        Payload payload = new Payload(Lineage.ofRun("run-1"), stored, RecordPath.ROOT_LIST, Map.of());
        ContentConfig csv = csv();
        Watching out = new Watching();
        long before = used();

        ContentWriter.write(payload, csv, Instant.EPOCH, out);

        assertThat(out.bytes).isGreaterThan(24_000_000);
        assertThat(out.heap).isPositive();
        assertThat(out.heap - before).isLessThan(15_000_000); // the list has 26 MB, and its records take twice that
    }
}
