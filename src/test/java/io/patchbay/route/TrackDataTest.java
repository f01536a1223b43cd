package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.camel.World;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.tracked.JdbcTracked;
import io.patchbay.run.tracked.TrackedProperties;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tracked of runs that go well, fail and are taken up again. */
class TrackDataTest {

    private static final String FLOW = """
            shapes:
              - { id: pull, numbers: { pages: 2, size: 2 } }
              - { id: seen, trackData: { entity: number, direction: receive, fields: [ n ] } }
              - { id: push, send: { failsAt: 2 } }
              - { id: sent, trackData: { entity: number, direction: send, fields: [ n ] } }
            """;

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private Store store;
    private JdbcTracked tracked;

    @BeforeEach
    void start() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder.resolve("data"), Clock.systemUTC());
        tracked = new JdbcTracked(store, TrackedProperties.defaults(), Clock.systemUTC());
        flows.services = Map.of(Tracked.class, tracked);
        flows.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        flows.close();
        tracked.close();
        store.close();
    }

    private List<String> found(@Nullable String shape) {
        return tracked.find(new Tracked.Query("number", null, null, "f", null, null, null, 100)).data().stream()
                .map(Tracked.Found::sighting)
                .filter(one -> shape == null || one.shape().equals(shape))
                .map(Sighting::value)
                .sorted()
                .toList();
    }

    @Test
    void writesDownWhatPassedAndCountsNothingTwiceWhenTheRunIsTakenUpAgain() throws Exception {
        flows.run(FLOW);
        assertThat(found("seen")).containsExactly("0", "1", "2", "3");
        assertThat(found("sent")).containsExactly("0", "1");

        RunRecord record = flows.runAgain(FLOW);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(found("seen")).containsExactly("0", "1", "2", "3");
        assertThat(found("sent")).containsExactly("0", "1", "2", "3");
    }

    @Test
    void recordsOfAConnectorAreKnownByItsPrimaryKey() throws Exception {
        try (World world = new World(folder.resolve("home"))) {
            world.shop("{none: {type: none}}", "", """
                    orders.list: {kind: read, method: GET, path: /orders, recordSelector: {path: '$[*]', primaryKey: [no, shop]}}
                    me.get: {kind: read, method: GET, path: /me}
                    """, "");
            flows.services = Map.of(Tracked.class, tracked, Catalog.class, world.catalog());

            String text = """
                    shapes:
                      - id: made
                        manualPayload: { json: [ { no: 1001, shop: uk }, { no: 1002, shop: de } ] }
                      - id: seen
                        trackData: { entity: number, direction: receive, primaryKeyOf: { instance: shop, endpoint: orders.list } }
                    """;
            RunRecord record = flows.run(text);

            assertThat(record.status()).as(String.valueOf(record.reason())).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(found("seen")).containsExactly("1001", "1002", "de", "uk");
            world.shop("{none: {type: none}}", "", """
                    orders.list: {kind: read, method: GET, path: /orders, recordSelector: {path: '$[*]', primaryKey: [no]}}
                    me.get: {kind: read, method: GET, path: /me}
                    """, "");
            flows.services = Map.of(Tracked.class, tracked, Catalog.class, world.catalog());
            assertThat(flows.run(text).revision())
                    .as("another key is another revision")
                    .isNotEqualTo(record.revision());
            assertThat(flows.problems("""
                    shapes:
                      - id: seen
                        trackData: { entity: number, direction: receive, primaryKeyOf: { instance: shop, endpoint: me.get } }
                      - id: nowhere
                        trackData: { entity: number, direction: receive, primaryKeyOf: { instance: shop, endpoint: order.list } }
                      - id: neither
                        trackData: { entity: number, direction: receive }
                    """))
                    .extracting(problem -> problem.code() + " " + problem.what() + ", " + problem.hint())
                    .satisfiesExactlyInAnyOrder(
                            one -> assertThat(one).contains("NO_PRIMARY_KEY", "endpoint 'me.get'", "fields: [ id ]"),
                            one -> assertThat(one).contains("UNKNOWN_ENDPOINT", "orders.list"),
                            one -> assertThat(one).contains("either 'fields', at least one, or 'primaryKeyOf'"));
        }
    }

    @Test
    void aStoreThatTakesNothingLosesWhatIsTrackedAndNothingElse() throws Exception {
        flows.services = Map.of(Tracked.class, new Tracked() {
            @Override
            public CompletableFuture<Void> saw(List<Sighting> sightings) {
                return CompletableFuture.failedFuture(new IllegalStateException("full"));
            }

            @Override
            public Slice find(Query query) {
                return new Slice(List.of(), null);
            }
        });
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 2 } }
                  - { id: seen, trackData: { entity: number, direction: receive, fields: [ n ] } }
                  - { id: push, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flows.shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3");
        assertThat(record.logs())
                .extracting(RunRecord.LogLine::text)
                .contains("2 values could not be tracked: the store did not take them");
    }
}
