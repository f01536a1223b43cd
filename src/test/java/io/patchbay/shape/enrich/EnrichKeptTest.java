package io.patchbay.shape.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.cache.AnswersInCaches;
import io.patchbay.store.SettableClock;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a shop answered is kept for a while, and asked for no more. */
@SuppressWarnings("try") // a test that is interrupted while it closes a store ends
class EnrichKeptTest extends Enriching {

    private Surroundings around(RunCaches caches, CacheRules rules) {
        return PlacedShape.surroundings(
                Map.of(),
                Map.of(),
                Map.of(
                        Catalog.class, world.catalog(),
                        AnswerStore.class, new AnswersInCaches(caches.caches()),
                        Stores.class, new Stores(Map.of("kept", rules), Map.of())));
    }

    private static CacheRules rules(int entries) {
        return new CacheRules(CacheRules.Scope.FLOW, Duration.ofDays(1), DataSize.ofMegabytes(1), entries);
    }

    @Test
    void answersAreKeptForTheirTimeMissesForTheirsAndFailuresNever() throws Exception {
        SettableClock clock = new SettableClock();
        Surroundings around = new Surroundings("f", clock, Map.of(), Map.of(), Map.of(Catalog.class, world.catalog()));
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", cache: {keepFor: 10m, missesFor: 1m}"), around);
        String in = "[{\"by\":\"a\"},{\"by\":\"x\"},{\"by\":\"bad\"}]";

        String first = enrich(plan, in);
        assertThat(enrich(plan, in)).isEqualTo(first);
        assertThat(asked).containsExactly("a", "x", "bad", "bad");
        clock.forward(Duration.ofMinutes(2));
        enrich(plan, in);
        assertThat(asked.subList(4, asked.size())).containsExactly("x", "bad");
        clock.forward(Duration.ofMinutes(9));
        enrich(plan, in);
        assertThat(asked.subList(6, asked.size())).containsExactly("a", "x", "bad");
    }

    @Test
    void whatIsKeptOfAListIsAskedForNoMore() throws Exception {
        Plan.Endpoint plan = plan(ITEM.formatted(", cache: {keepFor: 10m}"));

        enrich(plan, "[{\"sku\":\"p\"},{\"sku\":\"none\"}]");
        assertThat(enrich(plan, "[{\"sku\":\"q\"},{\"sku\":\"none\"},{\"sku\":\"p\"}]"))
                .isEqualTo("[{\"sku\":\"q\",\"item\":{\"code\":\"q\"}},{\"sku\":\"none\",\"item\":null},"
                        + "{\"sku\":\"p\",\"item\":{\"code\":\"p\"}}]");
        assertThat(asked).containsExactly("p,none", "q");
    }

    @Test
    void aWholeListIsKeptForKeysThatComeLater() throws Exception {
        houses();
        Plan.Endpoint plan = plan("{instance: shop, endpoint: houses.list, match: {record: land, answer: code},"
                + " into: house, cache: {keepFor: 1h}}");

        enrich(plan, "[{\"land\":\"UK\"}]");
        assertThat(enrich(plan, "[{\"land\":\"DE\"}]"))
                .isEqualTo("[{\"land\":\"DE\",\"house\":{\"code\":\"DE\",\"n\":2}}]");
        assertThat(asked).containsExactly("1", "2", "3");
    }

    @Test
    void keptAnswersAreBoundedInBytes() throws Exception {
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", cache: {keepFor: 10m, most: 1B}"));

        enrich(plan, "[{\"by\":\"a\"}]");
        enrich(plan, "[{\"by\":\"a\"}]");

        assertThat(asked).containsExactly("a", "a");
    }

    @Test
    void aDeclaredCacheIsSharedAndKeepsMissesToo() throws Exception {
        try (RunCaches caches = RunCaches.in(home.resolve("caches"))) {
            Surroundings around = around(caches, rules(1000));
            String yaml = ", cache: {name: kept, keepFor: 10m}";

            String one = enrich(plan(ITEM.formatted(yaml), around), "[{\"sku\":\"p\"},{\"sku\":\"none\"}]");
            assertThat(enrich(plan(ITEM.formatted(yaml), around), "[{\"sku\":\"p\"},{\"sku\":\"none\"}]"))
                    .isEqualTo(one);
            enrich(plan(ITEM.formatted(yaml + ", onMany: all"), around), "[{\"sku\":\"p\"}]");

            assertThat(asked).containsExactly("p,none", "p");
            assertThat(attempt.log()).isEmpty();
        }
    }

    @Test
    void aFullCacheIsToldAndTheEndpointIsAsked() throws Exception {
        try (RunCaches caches = RunCaches.in(home.resolve("caches"))) {
            Plan.Endpoint plan =
                    plan(CUSTOMER.formatted(", cache: {name: kept, keepFor: 10m}"), around(caches, rules(1)));

            assertThat(enrich(plan, "[{\"by\":\"a\"},{\"by\":\"b\"}]")).contains("{\"id\":\"b\"}");

            assertThat(asked).containsExactly("a", "b");
            assertThat(attempt.log()).anyMatch(line -> line.contains("answers are not kept") && line.contains("kept"));
        }
    }

    @Test
    void whatAnInstanceAnsweredThatWasChangedSinceIsNotUsed() throws Exception {
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", cache: {keepFor: 10m}"));
        enrich(plan, "[{\"by\":\"a\"}]");
        String file = "connectors/shop/instances/shop.yaml";
        world.write(file, Files.readString(home.resolve(file)) + "# another account\n");
        world.reload();

        enrich(plan, "[{\"by\":\"a\"}]");

        assertThat(asked).containsExactly("a", "a");
    }
}
