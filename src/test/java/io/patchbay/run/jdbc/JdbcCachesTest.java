package io.patchbay.run.jdbc;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;

class JdbcCachesTest extends CachesContract {

    @Override
    Store open(Path folder) throws Exception {
        return Store.open(StoreProperties.embedded(), folder, clock);
    }

    @Override
    boolean shared() {
        return false;
    }
}
