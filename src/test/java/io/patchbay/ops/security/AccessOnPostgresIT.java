package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.secret.Seal;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What only PostgreSQL does: a row that another replica inserts at the same time is seen by no {@code where not exists}. */
class AccessOnPostgresIT {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();

    @Test
    void saysThatAnotherReplicaMadeTheSameUserOrKeyAtTheSameTime() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Store store = store(postgres)) {
            LocalUsers users = new LocalUsers(
                    store,
                    clock,
                    Seal.of(KEY, new SecureRandom()),
                    new AccessProperties(14, 5, Duration.ofMinutes(15)));
            AccessKeys keys = new AccessKeys(store, clock);

            assertThat(whileInserted(
                            store,
                            "insert into local_user (name, password_hash, role, last_step, created_at, changed_at)"
                                    + " values ('ada', 'x', 'user', 0, now(), now())",
                            () -> users.add("ada", Role.USER, "nine blue boats")))
                    .isEqualTo("There is a user 'ada' already.");
            assertThat(whileInserted(
                            store,
                            "insert into access_key (name, key_hash, role, flows, made_by, created_at, expires_at)"
                                    + " values ('report', 'x', 'user', '', 'admin', now(), now())",
                            () -> keys.add("report", Role.USER, List.of(), Duration.ofDays(1), "admin")))
                    .isEqualTo("There is a key 'report' already.");
            assertThat(users.login("ada\0", "nine blue boats")).isEmpty();
        }
    }

    /** What an insert is told that waits for another replica's, which commits then. */
    private static String whileInserted(Store store, String sql, Runnable insert) throws SQLException {
        try (Connection other = store.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(sql);
            CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> {
                try {
                    insert.run();
                    return "nothing";
                } catch (IllegalArgumentException e) {
                    return String.valueOf(e.getMessage());
                }
            });
            while (!told.isDone() && !oneWaits(statement)) {
                Thread.onSpinWait();
            }
            assertThat(told).isNotDone();
            other.commit();
            other.setAutoCommit(true);
            return told.join();
        }
    }

    private static boolean oneWaits(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private Store store(EmbeddedPostgres postgres) throws Exception {
        return Store.open(
                new StoreProperties(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 4, DataSize.ofBytes(0)),
                folder.resolve("one"),
                clock);
    }
}
