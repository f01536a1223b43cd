package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.Pull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists in the formats of files whose records go aside: paging counts what the system has sent. */
class ContentPagesTest extends ContentPulls {

    private static void rows(HttpExchange exchange, List<String> rows) throws IOException {
        byte[] body = rows.stream()
                .collect(Collectors.joining("\n", "id,changed\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        answer(exchange, "text/csv", body);
    }

    private void list(String keys) throws Exception {
        lists.list("response: {content: {format: csv}}\n" + keys + "\n");
    }

    /** Seven rows, two to a page; those with these numbers are wrong. */
    private void servesTwoAtATime(List<Integer> wrong) {
        lists.serve(exchange -> {
            Map<String, String> query = Lists.query(exchange);
            int from = query.containsKey("page")
                    ? 2 * Integer.parseInt(query.get("page")) - 1
                    : query.containsKey("skip")
                            ? Integer.parseInt(query.get("skip")) + 1
                            : Integer.parseInt(query.getOrDefault("after", "0")) + 1;
            List<String> rows = new ArrayList<>();
            for (int i = from; i < from + 2 && i <= Lists.RECORDS; i++) {
                rows.add(i + (wrong.contains(i) ? ",x,y" : ",x"));
            }
            rows(exchange, rows);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: pageNumber, pageSize: 2, stopWhen: shortPage, inject: {into: query, name: page}",
                "type: pageNumber, inject: {into: query, name: page}",
                "type: offset, pageSize: 2, inject: {into: query, name: skip}",
                "type: offset, pageSize: 2, stopWhen: shortPage, inject: {into: query, name: skip}",
            })
    void aCountedListGoesOnBehindRecordsThatGoAside(String paginator) throws Exception {
        servesTwoAtATime(List.of(2, 3, 4, 5));
        list("paginator: {" + paginator + "}");

        List<Pull.Element> all = skipping();

        assertThat(ids(all)).containsExactly(1, 6, 7);
        assertThat(Asides.lineages(all)).hasSize(4).doesNotHaveDuplicates();
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }

    @Test
    void pagesOfNothingButWrongRecordsAreNoRepetitionWhereEmptyPagesAreWanted() throws Exception {
        servesTwoAtATime(List.of(3, 4, 5, 6));
        list("recordSelector: {path: '$[*]', onEmpty: emitParent}\n"
                + "paginator: {type: pageNumber, inject: {into: query, name: page}}");

        List<Pull.Element> all = skipping();

        assertThat(ids(all)).containsExactly(1, 2, 7);
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: pageNumber, inject: {into: query, name: page}                     | 1,x,y",
                "type: pageNumber, inject: {into: query, name: page}                     | 1,x,y~2,x",
                "type: offset, pageSize: 2, stopWhen: emptyPage, inject: {into: query, name: skip} | 1,x,y~2,x,y",
            })
    void aPageThatIsGivenAgainAndAgainIsToldWhatEverItHolds(String paginator, String rows) throws Exception {
        lists.serve(exchange -> rows(exchange, List.of(rows.split("~"))));
        list("paginator: {" + paginator + "}");

        List<Pull.Element> all = skipping();

        assertThat(lists.asked()).hasSize(2);
        assertThat(all)
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class,
                        failed -> assertThat(failed.why())
                                .hasMessageContaining(
                                        "pages 1 and 2 are the same: the system does not look at the page number"));
    }

    /** What was passed over is not compared: the pages may have been others. */
    @Test
    void pagesOfWhichTheSameWrongRecordIsLeftAreNoRepetition() throws Exception {
        lists.serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).getOrDefault("page", "1"));
            rows(exchange, page < 4 ? List.of(page + ",x", "0,x,y") : page == 4 ? List.of("4,paid") : List.of());
        });
        list("recordSelector: {path: '$[*]', filter: {field: changed, is: paid}}\n"
                + "paginator: {type: pageNumber, inject: {into: query, name: page}}");

        List<Pull.Element> all = skipping();

        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(ids(all)).containsExactly(4);
    }

    @Test
    void pagesOfOtherWrongRecordsAreNoRepetition() throws Exception {
        servesTwoAtATime(List.of(1, 2, 3, 4, 5, 6, 7));
        list("paginator: {type: pageNumber, inject: {into: query, name: page}}");

        List<Pull.Element> all = skipping();

        assertThat(Asides.lineages(all)).hasSize(7).doesNotHaveDuplicates();
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2, 6 | 1, 3, 4, 5, 7", "1, 3 | 2, 4, 5, 6, 7", "7 | 1, 2, 3, 4, 5, 6"})
    void aListByKeyGoesOnBehindTheLastRecordThatCanBeRead(String wrong, String read) throws Exception {
        List<Integer> bad =
                List.of(wrong.split(", ")).stream().map(Integer::valueOf).toList();
        servesTwoAtATime(bad);
        list("recordSelector: {path: '$[*]', primaryKey: [id]}\n"
                + "paginator: {type: keyset, pageSize: 2, inject: {into: query, name: after}}");

        List<Pull.Element> all = skipping();

        assertThat(ids(all)).hasToString("[" + read + "]");
        assertThat(Asides.lineages(all)).hasSize(bad.size()).doesNotHaveDuplicates();
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }

    /** Rows with a key that are asked for behind a key, three at a time. */
    private void servesByKey(List<String> first, List<String> behindOne) throws Exception {
        lists.serve(exchange -> {
            String after = Lists.query(exchange).getOrDefault("after", "");
            rows(exchange, after.isEmpty() ? first : after.equals("1") ? behindOne : List.of());
        });
        list("recordSelector: {path: '$[*]', primaryKey: [id]}\n"
                + "paginator: {type: keyset, inject: {into: query, name: after}}");
    }

    @Test
    void whatComesAgainBehindTheKeyGoesAsideOnceAlsoWhereThePullBrokeBetween() throws Exception {
        servesByKey(List.of("1,x", "2,x,y", "3,x,y"), List.of("2,x,y", "3,x,y", "4,x,y", "5,x"));

        List<Pull.Element> all = skipping();
        JsonNode next = all.stream()
                .filter(Pull.Page.class::isInstance)
                .map(one -> ((Pull.Page) one).next())
                .findFirst()
                .orElseThrow();
        List<Pull.Element> rest = skipping(next);

        assertThat(told(all))
                .containsExactly(
                        "aside id,changed\r\n2,x,y",
                        "aside id,changed\r\n3,x,y",
                        "[{\"id\":\"1\",\"changed\":\"x\"}]",
                        "aside id,changed\r\n4,x,y",
                        "[{\"id\":\"5\",\"changed\":\"x\"}]",
                        "End");
        assertThat(Asides.lineages(rest)).isEqualTo(Asides.lineages(all)).doesNotHaveDuplicates();
    }

    @Test
    void anotherWrongRecordThatStandsBehindTheKeyGoesAsideToo() throws Exception {
        servesByKey(List.of("1,x", "2,x,y"), List.of("3,x,y", "5,x"));

        List<Pull.Element> all = skipping();

        assertThat(Asides.lineages(all)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aListByKeyFailsWhereNoKeyOfAPageCanBeRead() throws Exception {
        servesTwoAtATime(List.of(3, 4));
        list("recordSelector: {path: '$[*]', primaryKey: [id]}\n"
                + "paginator: {type: keyset, pageSize: 2, inject: {into: query, name: after}}");

        assertThat(skipping())
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class,
                        failed -> assertThat(failed.why())
                                .hasMessageContaining("no record of a page could be read")
                                .hasMessageContaining("is not known"));
    }

    @Test
    void aPageThatCannotBeReadIsNotTheLastOfAListThatGaveNoFullPageBefore() throws Exception {
        servesTwoAtATime(List.of(3, 4));
        list("recordSelector: {path: '$[*]', primaryKey: [id]}\n"
                + "paginator: {type: keyset, pageSize: 500, inject: {into: query, name: after}}");

        assertThat(skipping()).last().isInstanceOf(Pull.Failed.class);
    }

    @Test
    void aWindowIsFullWithTheRecordsThatGoAside() throws Exception {
        list("incremental: {cursorField: changed, lower: {into: query, name: since},"
                + " upper: {into: query, name: until}, start: 8d, step: 8d}\n"
                + "paginator: {type: timeWindow, resultWindow: {maxRecords: 2, onExceed: splitWindow}}");
        AtomicInteger asked = new AtomicInteger();
        lists.serve(exchange -> {
            String since = Lists.query(exchange).get("since");
            int time = asked.getAndIncrement();
            rows(
                    exchange,
                    time == 0
                            ? List.of("1," + since, "2,x,y")
                            : time == 1 ? List.of("2,x,y") : time == 2 ? List.of("3," + since) : List.of());
        });

        List<Pull.Element> all = skipping();

        assertThat(lists.asked()).hasSizeGreaterThan(2);
        assertThat(ids(all)).containsExactly(3);
        assertThat(Asides.lineages(all)).hasSize(1);
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }

    @Test
    void aListThatBeginsAnewPutsOtherRecordsAsideThatStandWhereOthersStood() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        lists.serve(exchange -> {
            int time = asked.getAndIncrement();
            if (time == 1) {
                World.json(exchange, 410, "{\"message\":\"the list has changed\"}");
            } else {
                rows(
                        exchange,
                        time == 0 ? List.of("1,x", "2,x,y") : time == 2 ? List.of("1,x", "8,other,z") : List.of());
            }
        });
        list("paginator: {type: pageNumber, inject: {into: query, name: page}}\n"
                + "errorHandler: {rules: [{match: {status: [410]}, action: resetPagination}]}");

        List<Pull.Element> all = skipping();

        assertThat(Asides.lineages(all)).hasSize(2).doesNotHaveDuplicates();
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }
}
