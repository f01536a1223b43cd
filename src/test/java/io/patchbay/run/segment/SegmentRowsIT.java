package io.patchbay.run.segment;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The statements that PostgreSQL has for itself, on a real one. */
class SegmentRowsIT {

    @TempDir
    Path data;

    @Test
    void whoWritesLastNeitherShortensASegmentNorBringsItBack() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC())) {
            SegmentRowsContract.holds(store);
        }
    }
}
