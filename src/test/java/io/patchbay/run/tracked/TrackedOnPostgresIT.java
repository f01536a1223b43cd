package io.patchbay.run.tracked;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The statements that PostgreSQL has for itself, on a real one. */
class TrackedOnPostgresIT {

    @TempDir
    Path data;

    @Test
    void listsWritesOverAndForgetsOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC());
                JdbcTracked tracked = new JdbcTracked(store, TrackedProperties.defaults(), Clock.systemUTC())) {
            TrackedChecks.pagesAndWritesOver(tracked);
            TrackedChecks.forgets(tracked, Instant.now());
            TrackedChecks.tellsWhatCameBehind(store, tracked);
        }
    }
}
