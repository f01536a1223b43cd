package io.patchbay.runtime;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Versions on a real PostgreSQL, kept by two programs. */
class VersionsOnPostgresIT {

    @TempDir
    Path data;

    @Test
    void keepsVersionsForTwoPrograms() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store one = open(postgres, "one");
                Store two = open(postgres, "two")) {
            VersionsContract.holds(one, two);
        }
    }

    private Store open(EmbeddedPostgres postgres, String name) throws Exception {
        StoreProperties settings = new StoreProperties(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0));
        return Store.open(settings, data.resolve(name), Clock.systemUTC());
    }
}
