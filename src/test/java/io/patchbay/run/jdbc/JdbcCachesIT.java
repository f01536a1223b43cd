package io.patchbay.run.jdbc;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.util.unit.DataSize;

/** Two programs on one PostgreSQL. */
class JdbcCachesIT extends CachesContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Override
    Store open(Path folder) throws Exception {
        return Store.open(
                new StoreProperties(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                folder,
                clock);
    }

    @Override
    boolean shared() {
        return true;
    }
}
