package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that grow, of systems that cannot be asked for what is new: item i of seven was changed on 2026-02-2i, newest first. */
class ClientSideCursorTest extends ListPulls {

    private void list(String incremental) throws Exception {
        lists.list("recordSelector: {path: '$.items[*]'}\n"
                + "paginator: {type: pageNumber, inject: {into: query, name: page}, pageSize: 2, pageSizeParam: size}\n"
                + "incremental: {cursorField: changed, " + incremental + "}");
        lists.serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(
                    exchange,
                    200,
                    IntStream.rangeClosed(1, Lists.RECORDS)
                            .map(i -> Lists.RECORDS + 1 - i)
                            .skip((page - 1) * 2L)
                            .limit(2)
                            .mapToObj(i -> "{\"id\":%d,\"changed\":\"2026-02-2%dT00:00:00Z\"}".formatted(i, i))
                            .collect(Collectors.joining(",", "{\"items\":[", "]}")));
        });
    }

    private List<Pull.Element> pull(String cursor) throws Exception {
        return lists.world().pull(Lists.URI, new FakeAttempt().cursor(cursor), null);
    }

    private static String to(List<Pull.Element> elements) {
        return ((Pull.End) elements.get(elements.size() - 1)).reached().to();
    }

    @Test
    void whatIsOlderThanTheCursorIsLeftOut() throws Exception {
        list("serverSide: false");

        List<Pull.Element> all = pull(null);
        List<Pull.Element> later = pull("2026-02-25T00:00:00Z");

        assertThat(Lists.ids(all)).containsExactly(7, 6, 5, 4, 3, 2, 1);
        assertThat(Lists.ids(later)).containsExactly(7, 6, 5);
        assertThat(to(later)).isEqualTo("2026-02-27T00:00:00Z");
        assertThat(lists.asked()).hasSize(10);
    }

    @Test
    void aListThatComesNewestFirstEndsBehindTheCursor() throws Exception {
        list("serverSide: false, order: desc");

        List<Pull.Element> later = pull("2026-02-25T00:00:00Z");

        assertThat(Lists.ids(later)).containsExactly(7, 6, 5);
        assertThat(lists.asked()).hasSize(2);
        assertThat(to(later)).isEqualTo("2026-02-27T00:00:00Z");
    }

    @Test
    void aLookbackReadsSomeAgain() throws Exception {
        list("serverSide: false, order: desc, lookback: 2d");

        assertThat(Lists.ids(pull("2026-02-27T00:00:00Z"))).containsExactly(7, 6, 5);
    }

    @Test
    void aSequenceGoesOnBehindTheGreatestNumber() throws Exception {
        list("serverSide: false");
        lists.world().rewrite("cursorField: changed", "cursorField: id, type: sequence");

        assertThat(Lists.ids(pull("5"))).containsExactly(7, 6);
    }

    @Test
    void aCursorThatIsOlderThanWhatTheSystemTellsFailsThePull() throws Exception {
        list("serverSide: false, retention: 30d");

        assertThatThrownBy(() -> pull("2026-01-20T00:00:00Z"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("stands at 2026-01-20T00:00:00Z")
                .hasMessageContaining("patchbay cursors");
        assertThat(lists.asked()).isEmpty();
        assertThat(Lists.ids(pull("2026-02-01T00:00:00Z"))).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cursorField: a                                                    | needs 'lower'",
                "cursorField: a, serverSide: false, lower: {into: query, name: s}  | 'lower' has no meaning with",
                "cursorField: a, serverSide: false, step: 1d                       | 'step' has no meaning with",
                "cursorField: $.t, type: token, serverSide: false                  | this cursor is none",
                "cursorField: a, order: desc, lower: {into: query, name: s}        | serverSide: false only",
                "cursorField: $.next, type: token, order: asc, serverSide: false   | order",
                "cursorField: a, type: sequence, retention: 1d, serverSide: false  | type datetime only",
            })
    void wordsThatDoNotBelongTogetherAreRefused(String incremental, String says) throws Exception {
        assertThat(lists.problems(
                        "GET", "/items", "recordSelector: {path: '$[*]'}\nincremental: {" + incremental + "}\n"))
                .anyMatch(problem -> problem.contains(says));
    }
}
