package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.sftp.SmallProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that is made to break a reader ends with a reason, or with its records, in 64 MB; no way of reading dies of it. */
class HostileContentIT {

    @Test
    void everyWayOfReadingEndsWithAReason(@TempDir Path home) throws Exception {
        String said = SmallProcess.run(HostileContent.class, home, "64m");

        assertThat(said)
                .doesNotContain("NO MEMORY")
                .doesNotContain("UNCLEAR")
                .contains("records map stop: TOO_LARGE")
                .contains("records chunk stop: ok 3001, 0 aside")
                .contains("objects whole skip: NOT_JSON")
                .contains("mixed chunk skip: ok 1, 1 aside")
                .contains("xlsx-texts chunk stop: NOT_XLSX")
                .contains("zip-bomb endpoint stop: NOT_ZIP");
    }
}
