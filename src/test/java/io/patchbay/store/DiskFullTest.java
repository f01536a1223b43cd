package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DiskFullTest {

    @TempDir
    Path data;

    @Test
    void aFullDiskFailsTheWriteFlipsTheGuardAndLosesNothingThatWasAcknowledged() throws Exception {
        FullableDisk.register();
        StoreProperties settings = new StoreProperties(FullableDisk.url(data), null, null, 12, DataSize.ofBytes(0));
        try (Store store = Store.open(settings, data, Clock.systemUTC())) {
            store.commits()
                    .write(tx -> tx.add("create table note (id int primary key)", s -> {}))
                    .get(10, TimeUnit.SECONDS);
            insert(store, 1);
            FullableDisk.full(true);
            assertThatThrownBy(() -> insert(store, 2)).hasStackTraceContaining("No space left on device");
            assertThat(store.disk().refusing()).isTrue();
            FullableDisk.full(false);
            insert(store, 3);
            try (Connection connection = store.database().dataSource().getConnection();
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery("select id from note where id <> 2 order by id")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        } finally {
            FullableDisk.full(false);
        }
    }

    private static void insert(Store store, int id) throws Exception {
        store.commits()
                .write(tx -> tx.add("insert into note values (?)", s -> s.setInt(1, id)))
                .get(20, TimeUnit.SECONDS);
    }
}
