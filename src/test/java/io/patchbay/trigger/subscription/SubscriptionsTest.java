package io.patchbay.trigger.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.trigger.subscription.Subscriptions.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems are told while a flow takes an event of theirs. */
class SubscriptionsTest {

    private static final String URL = "https://p.example.com";
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final JdbcDataSource database = new JdbcDataSource();
    private Hooks shop;

    @BeforeEach
    void open() throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var script = SubscriptionsTest.class.getResourceAsStream("/db/h2/046-subscriptions.sql")) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        shop = new Hooks(home, database);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Subscriptions started(String publicUrl, Duration lease, int flows) {
        Subscriptions runtime = shop.runtime(publicUrl, lease);
        runtime.replace(Hooks.flows(flows));
        runtime.start();
        return runtime;
    }

    private static void subscribed(Subscriptions runtime) {
        await().until(() -> runtime.states().stream().anyMatch(State::subscribed));
    }

    /** Waits until everything was looked at twice. */
    private static void looked(Subscriptions runtime) {
        long before = runtime.looks();
        await().until(() -> runtime.looks() > before + 1);
    }

    private String created(String url, String topic) {
        return "POST {\"url\":\"" + url + "/events/shop/order-paid\",\"topic\":\"" + topic
                + "\",\"key\":\"t0ken-value\"}";
    }

    @Test
    void subscribesOnceForManyFlowsAndEndsWithTheLastOne() {
        Subscriptions runtime = started(URL + "/", SHORT, 2);
        subscribed(runtime);
        runtime.replace(Hooks.flows(1));
        runtime.replace(Hooks.flows(2));
        assertThat(shop.asked).containsExactly(created(URL, "orders/paid"));

        runtime.replace(List.of());

        await().until(() -> runtime.states().isEmpty());
        assertThat(shop.asked).containsExactly(created(URL, "orders/paid"), "DELETE /api/hooks/1");
    }

    @Test
    void endsAfterARestartWhatWasSubscribedBefore() {
        Subscriptions before = started(URL, SHORT, 1);
        subscribed(before);
        before.close();

        Subscriptions after = started(URL, SHORT, 0);

        await().until(() -> after.states().isEmpty());
        assertThat(shop.asked).last().isEqualTo("DELETE /api/hooks/1");
    }

    @Test
    void aRestartTellsNothingAgain() {
        Subscriptions before = started(URL, LONG, 1);
        subscribed(before);
        before.close();

        Subscriptions after = started(URL, LONG, 1);
        looked(after);

        assertThat(shop.asked).hasSize(1);
        assertThat(after.states()).containsExactly(new State("shop", "order-paid", true, null));
    }

    @Test
    void anotherAddressEndsTheOldOneAndSubscribesAnew() {
        Subscriptions before = started(URL, LONG, 1);
        subscribed(before);
        before.close();

        started("https://q.example.com", LONG, 1);

        await().until(() -> shop.asked.size() == 3);
        assertThat(shop.asked)
                .containsExactly(
                        created(URL, "orders/paid"),
                        "DELETE /api/hooks/1",
                        created("https://q.example.com", "orders/paid"));
    }

    @Test
    void anotherDefinitionSubscribesAnewAndAMovedOneDoesNot() throws Exception {
        Subscriptions runtime = started(URL, LONG, 1);
        subscribed(runtime);

        shop.world.rewrite("connector: shop\n", "# a remark\nconnector: shop\n");
        looked(runtime);
        shop.world.rewrite("topic: orders/paid", "topic: orders/settled");
        runtime.replace(Hooks.flows(1));

        await().until(() -> shop.asked.size() == 3);
        assertThat(shop.asked)
                .containsExactly(created(URL, "orders/paid"), "DELETE /api/hooks/1", created(URL, "orders/settled"));
    }

    @Test
    void aFailureIsSaidAndTriedAgain() {
        shop.failures.set(2);
        Subscriptions runtime = started(URL, LONG, 1);

        await().until(() -> runtime.states().stream()
                .anyMatch(state -> String.valueOf(state.sentence()).contains("cannot be subscribed")));
        subscribed(runtime);

        assertThat(shop.asked).hasSize(3);
        assertThat(runtime.states()).containsExactly(new State("shop", "order-paid", true, null));
    }

    @Test
    void aMendedDefinitionIsTriedAtOnce() throws Exception {
        shop.world.rewrite("path: /hooks\n", "path: /nothing\n");
        Subscriptions runtime = shop.runtime(URL, LONG);
        runtime.replace(Hooks.flows(1));
        runtime.start();
        await().until(() -> runtime.states().stream().anyMatch(state -> state.sentence() != null));

        shop.world.rewrite("path: /nothing\n", "path: /hooks\n");
        runtime.replace(Hooks.flows(1));

        subscribed(runtime);
    }

    @Test
    void withoutAnAddressItSaysWhatToSet() {
        Subscriptions runtime = started(null, LONG, 1);

        assertThat(runtime.states()).singleElement().satisfies(state -> {
            assertThat(state.subscribed()).isFalse();
            assertThat(state.sentence()).contains("patchbay.public-url", "PATCHBAY_PUBLIC_URL");
        });
        looked(runtime);
        assertThat(shop.asked).isEmpty();
    }

    @Test
    void anAnswerWithoutAnIdIsNotAskedForAgain() throws Exception {
        shop.world.rewrite("$.hook.id", "$.hook.number");
        Subscriptions runtime = started(URL, LONG, 1);
        subscribed(runtime);

        looked(runtime);

        assertThat(shop.asked).hasSize(1);
        assertThat(runtime.states().get(0).sentence()).contains("no id of the subscription at $.hook.number");
    }

    @Test
    void ofTwoRuntimesOneSubscribes() {
        Subscriptions one = started(URL, LONG, 1);
        Subscriptions two = started(URL, LONG, 1);
        subscribed(one);
        looked(one);
        looked(two);

        assertThat(shop.asked).hasSize(1);
    }

    @Test
    void whatAnotherRuntimeStillTakesIsNotEnded() {
        Subscriptions one = started(URL, SHORT, 1);
        Subscriptions two = started(URL, SHORT, 1);
        subscribed(one);

        one.replace(List.of());
        await().during(SHORT.multipliedBy(3)).until(() -> shop.asked.size() == 1); // longer than the lease
        two.replace(List.of());

        await().until(() -> one.states().isEmpty());
        assertThat(shop.asked).last().isEqualTo("DELETE /api/hooks/1");
    }
}
