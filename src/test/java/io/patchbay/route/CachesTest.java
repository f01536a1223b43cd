package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.Stores;
import io.patchbay.shape.cache.Caches;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Flows that put payloads into caches and take them out, on a real database. */
class CachesTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private Store store;

    @BeforeEach
    void start() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder.resolve("data"), Clock.systemUTC());
        CacheRules company = new CacheRules(Scope.COMPANY, Duration.ofDays(1), DataSize.ofMegabytes(5), 100);
        flows.services = new HashMap<>(Map.of(
                Caches.class,
                RunCaches.on(store, Clock.systemUTC()),
                Stores.class,
                new Stores(Map.of("shared", company), Map.of())));
        flows.start(folder.resolve("spill"));
    }

    @AfterEach
    void stop() throws Exception {
        flows.close();
        store.close();
    }

    @Test
    void aReaderSeesWhatAllPayloadsBeforeItAppended() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 2 } }
                  - { id: kept, addToCache: { cache: all, key: numbers, append: true } }
                  - { id: counted, addToCache: { cache: all, key: sum, increment: "${record.n}" } }
                  - { id: told, notify: { per: run, log: info, text: done } }
                  - { id: one, manualPayload: { json: {} } }
                  - { id: loaded, loadFromCache: { cache: all, key: numbers } }
                  - { id: push, send: {} }
                """);

        assertThat(shapes.effects).startsWith("push:0", "push:1", "push:2", "push:3", "push:4", "push:5");
    }

    @Test
    void aRunThatIsTakenUpAgainAppendsNothingTwice() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: kept, addToCache: { cache: shared, key: numbers, append: true } }
                  - { id: counted, addToCache: { cache: shared, key: count, increment: 1 } }
                  - { id: push, send: { failsAt: 1 } }
                """;
        flows.run(text);
        flows.checkpoints.failed.clear();
        shapes.failuresLeft.put("push", new AtomicInteger(0));
        flows.newLife();
        RunRecord record = flows.run(text, claim(aStart(), 1, 1));
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        shapes.effects.clear();

        flows.run("""
                shapes:
                  - { id: loaded, loadFromCache: { cache: shared, key: numbers } }
                  - { id: push, send: {} }
                """, aStart("run-2"));

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2");
    }

    @Test
    void eachRecordHasAKeyOfItsOwnAndAWildcardGathersThem() throws Exception {
        flows.run("""
                shapes:
                  - { id: kept, addToCache: { cache: orders, key: "order-${record.n}" } }
                  - { id: all, loadFromCache: { cache: orders, key: "order-*" } }
                  - { id: push, send: {} }
                """, aStart(json("[{\"n\":3},{\"n\":1},{\"n\":3}]")));

        assertThat(shapes.effects).containsExactly("push:1", "push:3");
    }

    @Test
    void pagesComeBackOneByOneInTheirOrder() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: kept, addToCache: { cache: pages, key: list, pages: true } }
                  - { id: once, notify: { per: run, log: info, text: "stored" } }
                  - { id: few, filter: { keep: { field: n, is: 0 } } }
                  - { id: loaded, loadFromCache: { cache: pages, key: list, pages: true } }
                  - { id: push, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).startsWith("push:0", "push:1", "push:2");
    }

    @Test
    void whatARunHadIsNotThereForTheNextOne() throws Exception {
        flows.run("shapes: [ { id: kept, addToCache: { cache: own, key: a } } ]", aStart(json("{\"n\":1}")));
        RunRecord record = flows.run("""
                shapes:
                  - { id: loaded, loadFromCache: { cache: own, key: a } }
                  - { id: kept, addToCache: { cache: own, key: a } }
                """, FlowFixture.aStart("run-2"));

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("cache 'own' has nothing under 'a'");
    }

    @Test
    void aCacheThatIsReadAndNeverWrittenIsAProblem() {
        assertThat(flows.problems("shapes: [ { id: a, loadFromCache: { cache: sharde, key: a } } ]"))
                .extracting(Problem::toString)
                .containsExactly("""
                        f.flow.yaml:2:44: cache 'sharde' is not declared, and no shape of the flow puts anything into it [UNKNOWN_CACHE]
                          hint: did you mean 'shared'?""");
    }

    @Test
    void anotherDeclarationIsAnotherRevision() {
        String text = "shapes: [ { id: a, loadFromCache: { cache: shared, key: a } } ]";
        flows.deploy(text);
        String before = flows.deployer.deployed().get("f").revision();
        flows.services.put(Stores.class, new Stores(Map.of("shared", CacheRules.DEFAULT), Map.of()));
        flows.deploy(text);

        assertThat(flows.deployer.deployed().get("f").revision()).isNotEqualTo(before);
    }
}
