package io.patchbay.endurance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of runs: the next start of the program takes them up again. */
class KillIT {

    @TempDir
    private Path folder;

    @Test
    void losesNothingAndRepeatsOnlyWhatWasOnItsWayOverFiveKills() throws Exception {
        new Kills(folder.resolve("home"), 2_000).kill(5);
    }
}
