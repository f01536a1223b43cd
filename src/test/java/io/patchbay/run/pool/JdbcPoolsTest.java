package io.patchbay.run.pool;

import static io.patchbay.run.pool.PoolChecks.asking;
import static io.patchbay.run.pool.PoolChecks.keys;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.shape.dedupe.Pools.Answer;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPoolsTest {

    @TempDir
    Path data;

    private final PoolChecks.Hands clock = new PoolChecks.Hands();
    private Store store;
    private JdbcPools pools;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        pools = new JdbcPools(store, clock);
    }

    @AfterEach
    void close() throws Exception {
        pools.close();
        store.close();
    }

    @Test
    void ofAllWhoClaimAKeyAtOnceOneGetsIt() throws Exception {
        PoolChecks.oneClaimsEachKey(store, List.of(pools));
    }

    @Test
    void claimsGoWithTheirRuns() throws Exception {
        PoolChecks.claimsGoWithTheirRuns(store, pools);
    }

    @Test
    void whatIsLearnedAtOnceIsKnownAtOnce() {
        PoolChecks.learnsAtOnce(pools);
    }

    @Test
    void anOperatorSeesForgetsAndTakesInKeys() throws Exception {
        PoolChecks.listsForgetsAndTakesIn(pools);
    }

    @Test
    void aKeyIsForgottenSoLongAfterItWasLastSeen() throws Exception {
        pools.track(asking("one"), keys("seen", "unseen")).get(20, TimeUnit.SECONDS);
        clock.forward(Duration.ofDays(60));
        assertThat(pools.look(asking("two"), keys("seen"))).containsExactly(Answer.KNOWN);
        clock.forward(Duration.ofDays(60));
        assertThat(pools.learn(asking("two"), keys("seen", "unseen"))).containsExactly(Answer.KNOWN, Answer.NEW);
        clock.forward(Duration.ofDays(91));
        pools.sweep();
        assertThat(pools.kept().pools()).isEmpty();
    }

    @Test
    void aClaimOfACallersRunThatLeftNoTraceIsFreeAfterMinutes() {
        pools.claim(asking("head"), keys("a"));
        assertThat(pools.claim(asking("other"), keys("a"))).containsExactly(Answer.CLAIMED);
        clock.forward(Duration.ofMinutes(6));
        pools.sweep();
        assertThat(pools.kept().pools()).isEmpty();
    }

    @Test
    void remembersWhatAReplaySentWhoeverClaimedIt() throws Exception {
        PoolChecks.started(store, "other");
        pools.claim(asking("other"), keys("a"));
        assertThat(PoolChecks.remember(pools, asking("again", "1", "first"), "a", "b"))
                .isZero();
        assertThat(pools.look(asking("third"), keys("a", "b"))).containsExactly(Answer.KNOWN, Answer.KNOWN);
    }

    @Test
    void whatIsRememberedIsThereAfterTheProgramEnded() throws Exception {
        PoolChecks.started(store, "one");
        pools.claim(asking("one"), keys("a", "b"));
        PoolChecks.remember(pools, asking("one"), "a");
        close();
        open();
        assertThat(pools.claim(asking("one", "2", null), keys("z", "b"))).containsExactly(Answer.NEW, Answer.NEW);
        assertThat(pools.look(asking("two"), keys("a", "b"))).containsExactly(Answer.KNOWN, Answer.NEW);
    }
}
