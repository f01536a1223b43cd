package io.patchbay.run.pool;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Pools that two replicas share. */
class PoolsOnPostgresIT {

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static Store one;
    private static Store other;

    @BeforeAll
    static void open() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        StoreProperties settings = new StoreProperties(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0));
        one = Store.open(settings, data.resolve("one"), Clock.systemUTC());
        other = Store.open(settings, data.resolve("other"), Clock.systemUTC());
    }

    @BeforeEach
    void empty() throws Exception {
        try (var connection = one.database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from pool_key");
            statement.execute("delete from start");
            statement.execute("delete from run");
        }
    }

    @AfterAll
    static void close() throws Exception {
        one.close();
        other.close();
        postgres.close();
    }

    @Test
    void ofAllWhoClaimAKeyAtOnceOnTwoReplicasOneGetsIt() throws Exception {
        try (JdbcPools first = new JdbcPools(one, Clock.systemUTC());
                JdbcPools second = new JdbcPools(other, Clock.systemUTC())) {
            PoolChecks.oneClaimsEachKey(one, List.of(first, second));
        }
    }

    @Test
    void claimsGoWithTheirRuns() throws Exception {
        try (JdbcPools pools = new JdbcPools(one, Clock.systemUTC())) {
            PoolChecks.claimsGoWithTheirRuns(one, pools);
        }
    }

    @Test
    void learnsListsForgetsAndTakesIn() throws Exception {
        try (JdbcPools pools = new JdbcPools(one, Clock.systemUTC())) {
            PoolChecks.learnsAtOnce(pools);
            pools.kept().forgetAll("orders", null, null);
            PoolChecks.listsForgetsAndTakesIn(pools);
            pools.sweep();
        }
    }
}
