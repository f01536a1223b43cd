package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.sftp.SmallProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that is made to break a reader ends with a reason, or with its records, in 64 MB; no way of reading dies of it. */
class HostileContentTest {

    @Test
    void everyWayOfReadingEndsWithAReason(@TempDir Path home) throws Exception {
        String said = SmallProcess.run(HostileContent.class, home, "64m");

        assertThat(said).doesNotContain("NO MEMORY").doesNotContain("UNCLEAR").contains("zip-bomb endpoint stop: NOT_ZIP");
    }
}
