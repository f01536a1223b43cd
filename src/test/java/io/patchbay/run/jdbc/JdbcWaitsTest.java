package io.patchbay.run.jdbc;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;

class JdbcWaitsTest extends WaitsContract {

    @Override
    Store open(Path folder) throws Exception {
        return Store.open(StoreProperties.embedded(), folder, Clock.systemUTC());
    }
}
