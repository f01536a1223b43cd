package io.patchbay.run.jdbc;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.util.unit.DataSize;

/** The same on PostgreSQL. */
class JdbcWaitsIT extends WaitsContract {

    private EmbeddedPostgres postgres;

    @Override
    @BeforeEach
    void open() throws Exception {
        postgres = EmbeddedPostgres.start();
        super.open();
    }

    @Override
    @AfterEach
    void close() throws Exception {
        super.close();
        postgres.close();
    }

    @Override
    Store open(Path folder) throws Exception {
        return Store.open(
                new StoreProperties(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                folder,
                Clock.systemUTC());
    }
}
