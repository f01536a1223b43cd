package io.patchbay.run.segment;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRowsTest {

    @TempDir
    Path data;

    @Test
    void whoWritesLastNeitherShortensASegmentNorBringsItBack() throws Exception {
        try (Store store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC())) {
            SegmentRowsContract.holds(store);
        }
    }
}
