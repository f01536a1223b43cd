package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.camel.World;
import io.patchbay.run.RunStatus;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are enriched on their way, through a real flow, database and HTTP server. A page has five records. */
class EnrichedFlowTest {

    private static final String RECORDS = "recordSelector: {path: '$[*]', primaryKey: [id]}\n";

    @TempDir
    static Path home;

    private static KeptFlow flow;
    private static final List<String> asked = new CopyOnWriteArrayList<>();
    private static volatile Consumer<String> asking = id -> {};

    @BeforeAll
    static void open() throws Exception {
        flow = new KeptFlow(home, StoreProperties.embedded());
        flow.world.serve("/api/stock/", exchange -> {
            String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            asked.add(id);
            asking.accept(id);
            int status = id.equals("3") ? 404 : id.equals("4") ? 400 : 200;
            World.json(exchange, status, "{\"left\":" + id + "}");
        });
        flow.list(RECORDS, """
                stock.read:
                  kind: read
                  inputs: {id: {}}
                  method: GET
                  path: /stock/${with.id}
                """);
    }

    @BeforeEach
    void begin() {
        asked.clear();
        flow.got.clear();
        asking = id -> {};
        flow.items = IntStream.rangeClosed(1, 7).boxed().toList();
    }

    @AfterAll
    static void close() throws Exception {
        flow.close();
    }

    private static void deploy(String input, String more) {
        flow.deploy("""
                shapes:
                  - { id: pull, connection: { instance: shop, endpoint: items.list } }
                  - id: stock
                    enrich: { instance: shop, endpoint: stock.read, with: { id: '${record.%s}' }, into: stock%s }
                    onError: skip
                  - { id: some, filter: { keep: { field: stock.left, exists: true } } }
                  - { id: push, take: {} }
                """.formatted(input, more));
    }

    @Test
    void recordsGoOnWithTheirAnswersAndThoseThatFailAreKeptAlone() throws Exception {
        deploy("id", ", onNone: drop");

        var run = flow.end(flow.begin());

        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(flow.told()).isEqualTo("+1 +2 +5 +6 +7");
        assertThat(asked).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(flow.count("failed_payload")).isEqualTo(1);
    }

    @Test
    void answersThatAreKeptHoldForTheNextPageAndRun() throws Exception {
        deploy("even", ", cache: { keepFor: 1h }");

        assertThat(flow.end(flow.begin()).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flow.end(flow.begin()).status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(flow.got).hasSize(14);
        assertThat(asked).containsExactly("false", "true");
    }

    @Test
    void aRunThatIsTakenUpAgainAsksAgainAndHandsOnEachRecordOnce() throws Exception {
        deploy("id", ", onNone: keep, onFailure: keep");
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        asking = id -> {
            if (id.equals("7")) {
                there.countDown();
                TestShapes.await(goOn);
            }
        };
        // On a thread of its own: a run begins on the thread that begins it.
        var begun = CompletableFuture.supplyAsync(() -> {
            try {
                return flow.begin();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(there.await(20, TimeUnit.SECONDS)).isTrue();
        flow.runner().suspend();
        goOn.countDown();
        flow.cut(begun.get(20, TimeUnit.SECONDS));

        assertThat(flow.end(flow.again()).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flow.told()).isEqualTo("+1 +2 +5 +6 +7");
        assertThat(asked).endsWith("6", "7").hasSizeBetween(9, 14);
    }
}
