package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lists that come oldest first: what is behind a pull for good after each of its pages. Each has two records; times are of one day. */
class OldestFirstTest extends ListPulls {

    private static final String ASC =
            "incremental: {cursorField: at, lower: {into: query, name: since}, order: asc%s}\n"
                    + "paginator: {type: pageNumber, inject: {into: query, name: page}}\n"
                    + "recordSelector: {path: '$.items[*]'}";

    private final FakeAttempt attempt = new FakeAttempt();

    private void list(String more) throws Exception {
        lists.list(ASC.formatted(more));
    }

    /** Serves pages like {@code "08:00 09:00"}. */
    private void serve(String... pages) {
        lists.serve(exchange -> {
            int page = Integer.parseInt(Map.copyOf(Lists.query(exchange)).get("page"));
            String times = page > pages.length ? "" : pages[page - 1];
            World.json(
                    exchange,
                    200,
                    "{\"items\":["
                            + Arrays.stream(times.split(" "))
                                    .filter(time -> !time.isEmpty())
                                    .map(time -> time.equals("-") ? "{}" : "{\"at\":\"" + time(time) + "\"}")
                                    .collect(Collectors.joining(","))
                            + "]}");
        });
    }

    private static String time(String brief) {
        return "2026-02-20T" + brief + (brief.length() == 5 ? ":00Z" : "Z");
    }

    /** What is behind for good after each page. */
    private List<String> behind(String cursor) throws Exception {
        List<String> behind = new ArrayList<>();
        for (Pull.Element element :
                lists.world().pull(Lists.URI, attempt.cursor(cursor == null ? null : time(cursor)), null)) {
            if (element instanceof Pull.Page page) {
                behind.add(
                        page.reached() == null
                                ? null
                                : page.reached().to().replace("2026-02-20T", "").replaceAll("(:00)?Z", ""));
            } else {
                assertThat(element).isInstanceOf(Pull.End.class);
            }
        }
        return behind;
    }

    @Test
    void whatIsBehindIsTheLastTimeThatDiffersFromTheGreatest() throws Exception {
        list("");
        serve("08:00 09:00", "09:00 09:00", "09:00 10:00", "11:00");

        assertThat(behind(null)).containsExactly("08:00", "08:00", "09:00", "10:00");
        assertThat(attempt.log()).isEmpty();
    }

    @Test
    void aRecordOutOfOrderEndsItAndIsToldOnce() throws Exception {
        list("");
        serve("08:00 09:00", "10:00 09:30", "11:00 08:00");

        assertThat(behind(null)).containsExactly("08:00", null, null);
        assertThat(attempt.log())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN 'items.list' is not in the order of at: 2026-02-20T09:30:00Z comes behind 2026-02-20T10:00:00Z");
    }

    @Test
    void aRecordWithoutATimeEndsIt() throws Exception {
        list("");
        serve("08:00 09:00", "- 10:00");

        assertThat(behind(null)).containsExactly("08:00", null);
        assertThat(attempt.log()).singleElement().asString().contains("a record has no value there");
    }

    @Test
    void recordsOfTheLookbackAreNoneOutOfOrderAndMoveNothing() throws Exception {
        list(", lookback: 2h");
        serve("08:00 08:30", "09:00 09:30", "10:00");

        assertThat(behind("09:15")).containsExactly(null, "09:15", "09:30");
        assertThat(lists.asked().get(0)).contains("since=2026-02-20T07%3A15");
    }

    @Test
    void timesThatARequestCannotTellApartAreOne() throws Exception {
        list(", granularity: 1m");
        serve("08:00:10 08:01:10", "08:01:20 08:02:00");

        assertThat(behind(null)).containsExactly("08:00:10", "08:01:20");

        list(", boundFormat: yyyy-MM-dd HH");
        assertThat(behind(null)).containsExactly(null, null);
    }

    @Test
    void olderOnesArePassedOverWhereTheSystemDoesNotLeaveThemOut() throws Exception {
        lists.list(ASC.formatted(", serverSide: false").replace(" lower: {into: query, name: since},", ""));
        serve("07:00 08:00", "09:00 10:00", "11:00");

        assertThat(behind("09:00")).containsExactly("09:00", "10:00");
    }

    @Test
    void aPullThatGoesOnKnowsWhatIsBehindIt() throws Exception {
        list("");
        serve("08:00 09:00", "09:00 09:00", "09:00 10:00");
        List<Pull.Element> all = lists.pull();

        List<Pull.Element> rest = lists.pullBehind(all, 1);

        assertThat(((Pull.Page) rest.get(0)).reached()).isEqualTo(((Pull.Page) all.get(1)).reached());
        assertThat(((Pull.Page) rest.get(1)).reached().to()).isEqualTo(time("09:00"));
    }

    @Test
    void isSaidOfAFieldOfTheRecordOnly() throws Exception {
        assertThat(lists.problems(
                        "GET",
                        "/items",
                        ASC.formatted("").replace("cursorField: at", "cursorField: $.next, type: token")))
                .singleElement()
                .asString()
                .contains("'order' has a meaning for a cursorField of the record only [NOT_HERE]");
    }
}
