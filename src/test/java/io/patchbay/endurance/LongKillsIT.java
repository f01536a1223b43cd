package io.patchbay.endurance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link KillIT} for hours: {@code mvn verify -Plong -Dit.test=LongKillsIT -Dlong.kills=N}. */
@Tag("long")
class LongKillsIT {

    private static final int KILLS = Integer.getInteger("long.kills", 1_000);

    @TempDir
    private Path folder;

    @Test
    void losesNothingAndRepeatsOnlyWhatWasOnItsWayOverAThousandKills() throws Exception {
        new Kills(folder.resolve("home"), 2_000).kill(KILLS);
    }
}
