package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.camel.World;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes that a system tells, through a real flow and database. */
class DeletesTest {

    private static final String RECORDS = "recordSelector: {path: '$[*]', primaryKey: [id]}\n";
    private static final PullCursor.Key GONE = new PullCursor.Key("f", "shop", "items.gone");

    @TempDir
    static Path home;

    private static KeptFlow flow;
    private static volatile String whole = "[]";
    private static volatile List<String> gone = List.of();
    private static final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        flow = new KeptFlow(home, StoreProperties.embedded());
        flow.world.serve("/api/whole", exchange -> World.json(exchange, 200, whole));
        flow.world.serve("/api/gone", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
            int page = KeptFlow.page(exchange);
            World.json(exchange, 200, page > gone.size() ? "[]" : gone.get(page - 1));
        });
        flow.world.serve("/api/of/", exchange -> {
            String shop = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            World.json(exchange, 200, "[{\"id\":" + shop + "1},{\"id\":" + shop + "2}]");
        });
    }

    @BeforeEach
    void begin() throws Exception {
        asked.clear();
        flow.asking = page -> {};
        flow.taking = one -> {};
        flow.items = List.of(1, 2);
        flow.runs().cursors().forget(GONE).get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void close() throws Exception {
        flow.close();
    }

    /** Declares the list as one answer of the server. */
    private void whole(String keys) throws Exception {
        flow.list("/whole", "paginator: {type: none}\n" + keys, "");
    }

    @Test
    void tellsRecordsThatSayThatTheyAreDeleted() throws Exception {
        whole(RECORDS + "deletes: {type: tombstoneField, field: info.gone}\n");
        whole = """
                [{"id":1},{"id":2,"info":{"gone":"2026-03-01"}},{"id":3,"info":{"gone":null}},{"id":4,"info":{"gone":true}},
                 {"id":5,"info":{"gone":false}},{"id":6,"info":{"gone":""}},{"id":7,"info":{"gone":0}},
                 {"id":8,"info":{"gone":"0000-00-00 00:00:00"}},{"id":9,"info":{"gone":"False"}},{"id":10,"info":{"gone":"x0"}}]
                """;

        assertThat(flow.run().status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(flow.told()).isEqualTo("+1 +3 +5 +6 +7 +8 +9 -2 -4 -10");
    }

    @Test
    void tellsDeletedRecordsThatAFilterWouldLeaveOut() throws Exception {
        whole("recordSelector: {path: '$[*]', filter: {field: paid, is: true}}\n"
                + "deletes: {type: tombstoneField, field: state, is: [void, 9]}\n");
        whole =
                "[{\"id\":1,\"paid\":true},{\"id\":2},{\"id\":3,\"state\":\"void\"},{\"id\":4,\"state\":9.0},{\"id\":5,\"state\":\"open\"}]";

        flow.run();

        assertThat(flow.told()).isEqualTo("+1 -3 -4");
    }

    @Test
    void tellsThemOfAnAnswerThatIsReadPieceByPiece() throws Exception {
        flow.list(
                "/whole",
                "recordSelector: {path: '$[*]', chunk: 2}\ndeletes: {type: tombstoneField, field: gone}\n",
                "");
        whole = "[{\"id\":1},{\"id\":2,\"gone\":1},{\"id\":3,\"gone\":1},{\"id\":4,\"gone\":1},{\"id\":5}]";

        flow.run();

        assertThat(flow.told()).isEqualTo("+1 -2 -3 -4 +5");
    }

    @Test
    void showsAFlowWhichPayloadsTellDeletes() throws Exception {
        whole(RECORDS + "deletes: {type: tombstoneField, field: gone}\n");
        whole = "[{\"id\":1},{\"id\":2,\"gone\":1}]";
        flow.deploy("""
                shapes:
                  - { id: pull, connection: { instance: shop, endpoint: items.list } }
                  - { id: only, filter: { keep: { field: '${meta.change}', is: deleted } } }
                  - { id: push, take: {} }
                """);
        flow.got.clear();

        flow.end(flow.begin());

        assertThat(flow.told()).isEqualTo("-2");
    }

    @Test
    void readsWhatAnotherEndpointTellsBehindTheListWithACursorOfItsOwn() throws Exception {
        flow.list(RECORDS + "deletes: {type: deletedEndpoint, endpoint: items.gone}\n", """
                items.gone:
                  kind: read
                  method: GET
                  path: /gone
                  recordSelector: {path: '$[*]'}
                  paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: emptyPage}
                  incremental: {cursorField: at, type: sequence, lower: {into: query, name: after}}
                """);
        gone = List.of("[{\"id\":3,\"at\":10}]", "[{\"id\":4,\"at\":11}]");

        flow.run();
        assertThat(flow.told()).isEqualTo("+1 +2 -3 -4");
        assertThat(flow.runs().cursors().find(GONE).orElseThrow().position()).isEqualTo("11");

        flow.taking = one -> {
            if (one.equals("-4")) {
                throw new IllegalStateException("refused");
            }
        };
        assertThat(flow.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(asked).contains("page=1&after=11");
        assertThat(flow.runs().cursors().find(GONE).orElseThrow().position()).isEqualTo("11");
    }

    @Test
    void readsWhatAnotherEndpointTellsWithWhatTheFlowGivesTheList() throws Exception {
        flow.list(
                "/whole",
                "inputs: {state: {}, shop: {}}\nrequest: {query: {state: '${with.state}', shop: '${with.shop}'}}\n"
                        + RECORDS + "paginator: {type: none}\ndeletes: {type: deletedEndpoint, endpoint: items.gone}\n",
                """
                items.gone:
                  kind: read
                  inputs: {shop: {}}
                  method: GET
                  path: /gone
                  request: {query: {shop: '${with.shop}'}}
                  recordSelector: {path: '$[*]'}
                  paginator: {type: none}
                  incremental: {cursorField: at, type: sequence, lower: {into: query, name: after}}
                """);
        whole = "[{\"id\":1}]";
        gone = List.of("[{\"id\":3,\"at\":10}]");
        flow.deploy("""
                variables: { shop: uk }
                shapes:
                  - { id: pull, connection: { instance: shop, endpoint: items.list, with: { state: open, shop: '${flow.shop}' } } }
                  - { id: push, take: {} }
                """);
        flow.got.clear();

        assertThat(flow.end(flow.begin()).status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(flow.told()).isEqualTo("+1 -3");
        assertThat(asked).containsExactly("shop=uk");
    }

    @Test
    void tellsTheRecordsOfAParentThatIsGone() throws Exception {
        String keys = "paginator: {type: none}\ncompleteness: full\ndeletes: {type: missingInFull, atMost: 50%}\n"
                + "inputs: {shop: {required: false}}\npartition: {parent: shops.list, input: shop}\n";
        flow.list("/of/${with.shop}", RECORDS + keys, """
                shops.list:
                  kind: read
                  method: GET
                  path: /items
                  recordSelector: {path: '$[*]'}
                  paginator: {type: none}
                  completeness: full
                """);
        flow.run();
        assertThat(flow.told()).isEqualTo("+11 +12 +21 +22");
        flow.items = List.of(2);
        flow.run();

        assertThat(flow.told()).isEqualTo("+21 +22 -11 -12");
    }

    @Test
    void tellsAPlainRouteNoDeletes() throws Exception {
        whole(RECORDS + "deletes: {type: tombstoneField, field: gone}\n");
        whole = "[{\"id\":1},{\"id\":2,\"gone\":1}]";

        Object pages = flow.world
                .context()
                .createProducerTemplate()
                .requestBody("connector:shop/items.list", (Object) null, Object.class);

        assertThat(pages).isInstanceOfSatisfying(java.util.Iterator.class, all -> {
            assertThat(all.next()).isEqualTo("[{\"id\":1}]");
            assertThat(all.hasNext()).isFalse();
        });
    }

    @Test
    void failsWhereAnInstanceIgnoresAnswers() throws Exception {
        flow.list(RECORDS + "completeness: full\ndeletes: missingInFull\n", "");
        String instance = java.nio.file.Files.readString(home.resolve("connectors/shop/instances/shop.yaml"));
        flow.world.write(
                "connectors/shop/instances/shop.yaml",
                instance + "\nerrorHandler: {rules: [{match: {status: [500]}, action: ignore}]}\n");
        flow.world.reload();

        RunRecord refused = flow.run();

        assertThat(refused.status()).isEqualTo(RunStatus.FAILED);
        assertThat(refused.logs())
                .anySatisfy(
                        line -> assertThat(line.text()).contains("instance 'shop' has a rule that ignores answers"));
    }
}
