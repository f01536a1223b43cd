package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What rules make of answers to reads of lists. */
class ErrorActionsTest extends ListPulls {

    private static final String ITEMS = "recordSelector: {path: '$.items[*]'}\n";

    private static String rules(String action) {
        return "errorHandler:\n  backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}\n"
                + "  rules: [{match: {status: [410]}, action: " + action + "}]\n";
    }

    private void forgetsItsCursors(AtomicInteger times) {
        lists.serve(exchange -> {
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("at", "1"));
            if (from > 3 && times.getAndDecrement() > 0) {
                World.json(exchange, 410, "{\"message\":\"cursor expired\"}");
            } else {
                World.json(
                        exchange, 200, Lists.page(from, 3, from + 3 <= Lists.RECORDS ? ",\"next\":" + (from + 3) : ""));
            }
        });
    }

    @Test
    void beginsTheListAnewWhenItsCursorIsNotKnownAnyMore() throws Exception {
        lists.list(ITEMS + "paginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: at}}\n"
                + rules("resetPagination"));
        forgetsItsCursors(new AtomicInteger(1));
        FakeAttempt attempt = new FakeAttempt();

        List<Pull.Element> all = lists.world().pull(Lists.URI, attempt, null);

        assertThat(Lists.ids(all)).containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 7);
        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(attempt.log()).anySatisfy(line -> assertThat(line).contains("is read from its beginning"));
    }

    @Test
    void givesUpAListThatBeginsAnewAgainAndAgain() throws Exception {
        lists.list(ITEMS + "paginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: at}}\n"
                + rules("resetPagination"));
        forgetsItsCursors(new AtomicInteger(1_000));

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo("RESET_PAGINATION");
        assertThat(why).hasMessageContaining("answered 410").hasMessageContaining("cursor expired");
        assertThat(lists.asked()).hasSize(8);
    }

    @Test
    void cutsTheWindowThatTheSystemRefuses() throws Exception {
        lists.list("incremental: {cursorField: changed, lower: {into: query, name: since},"
                + " upper: {into: query, name: until}, start: 8d, step: 8d}\npaginator: {type: timeWindow}\n"
                + rules("splitWindow"));
        List<String> windows = new ArrayList<>();
        lists.serve(exchange -> {
            var query = Lists.query(exchange);
            var since = java.time.Instant.parse(query.get("since"));
            var until = java.time.Instant.parse(query.get("until"));
            boolean wide = java.time.Duration.between(since, until).toDays() > 3;
            windows.add(since + ".." + until);
            World.json(exchange, wide ? 410 : 200, wide ? "{}" : "[{\"id\":1,\"changed\":\"" + since + "\"}]");
        });

        List<Pull.Element> all = lists.pull();

        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(windows.get(0)).isEqualTo("2026-02-21T12:00:00Z..2026-03-01T12:00:00Z");
        assertThat(windows.get(1)).startsWith("2026-02-21T12:00:00Z..2026-02-25");
        assertThat(windows.get(2)).startsWith("2026-02-21T12:00:00Z..2026-02-23");
    }

    @Test
    void aListWithoutWindowsCannotBeCut() throws Exception {
        lists.list(ITEMS + "paginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: at}}\n"
                + rules("splitWindow"));
        forgetsItsCursors(new AtomicInteger(1_000));

        assertThat(lists.failure().code()).isEqualTo("SPLIT_WINDOW");
    }

    @Test
    void aRuleLooksAtTheBodyWithACondition() throws Exception {
        lists.list(ITEMS + "paginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: at}}\n"
                + "errorHandler:\n  backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}\n"
                + "  rules: [{match: {predicate: {all: [{field: error.code, is: BUSY}, {field: error.left, as: number, below: 5}]}},"
                + " action: retry}]\n");
        AtomicBoolean busy = new AtomicBoolean(true);
        lists.serve(exchange -> World.json(
                exchange,
                busy.getAndSet(false) ? 400 : 200,
                lists.asked().size() == 1 ? "{\"error\":{\"code\":\"BUSY\",\"left\":2}}" : Lists.page(1, 7, "")));

        assertThat(Lists.ids(lists.pullsAll())).hasSize(7);
        assertThat(lists.asked()).hasSize(2);
    }
}
