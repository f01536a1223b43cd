package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists whose times are London's without an offset: clocks went back on 2025-10-26 at 01:00Z. Runs are queued at noon of 2026-03-01. */
class ClockChangesTest extends ListPulls {

    private static final String LOCAL = "format: 'yyyy-MM-dd HH:mm:ss', zone: Europe/London";

    private void list(String incremental) throws Exception {
        lists.list("recordSelector: {path: '$.items[*]', primaryKey: [id]}\nincremental: {cursorField: changed, "
                + LOCAL + incremental + "}");
    }

    private void serve(String... times) {
        lists.serve(exchange -> {
            String since = Lists.query(exchange).getOrDefault("since", "");
            String until = Lists.query(exchange).getOrDefault("until", "9");
            World.json(
                    exchange,
                    200,
                    Stream.of(times)
                            .filter(time -> time.compareTo(since) >= 0 && time.compareTo(until) < 0)
                            .map(time -> "{\"id\":\"%s\",\"changed\":\"%s\"}".formatted(time, time))
                            .collect(Collectors.joining(",", "{\"items\":[", "]}")));
        });
    }

    private List<Pull.Element> pull(String cursor) throws Exception {
        return lists.world().pull(Lists.URI, new FakeAttempt().cursor(cursor), null);
    }

    private static List<String> times(List<Pull.Element> elements) throws Exception {
        List<String> times = new ArrayList<>();
        for (Pull.Element element : elements) {
            if (element instanceof Pull.Page page) {
                page.payload()
                        .records()
                        .forEach(record -> times.add(record.path("id").asText()));
            }
        }
        return times;
    }

    private static String reached(List<Pull.Element> elements) {
        return ((Pull.End) elements.get(elements.size() - 1)).reached().to();
    }

    @Test
    void keepsRecordsOfTheSecondHourBehindACursorOfTheFirst() throws Exception {
        list(", serverSide: false");
        serve("2025-10-26 00:30:00", "2025-10-26 01:10:00");

        List<Pull.Element> all = pull("2025-10-26T00:50:00Z");

        assertThat(times(all)).containsExactly("2025-10-26 01:10:00");
        assertThat(reached(all)).as("it may be of the first hour").isEqualTo("2025-10-26T00:50:00Z");
    }

    @Test
    void goesOnReadingAListThatComesNewestFirstThroughTheDoubledHour() throws Exception {
        list(", serverSide: false, order: desc");
        serve("2025-10-26 02:10:00", "2025-10-26 01:10:00", "2025-10-26 00:30:00");

        List<Pull.Element> all = pull("2025-10-26T00:50:00Z");

        assertThat(times(all)).containsExactly("2025-10-26 02:10:00", "2025-10-26 01:10:00");
        assertThat(reached(all)).isEqualTo("2025-10-26T02:10:00Z");
    }

    @Test
    void asksFromBeforeTheDoubledHour() throws Exception {
        list(", lower: {into: query, name: since}");
        serve("2025-10-26 00:30:00", "2025-10-26 01:10:00");

        assertThat(times(pull("2025-10-26T00:50:00Z"))).containsExactly("2025-10-26 01:10:00");
        assertThat(lists.asked()).containsExactly("since=2025-10-26%2000%3A59%3A59");
    }

    @Test
    void windowsAreNeverInvertedAndMissNothing() throws Exception {
        list(", lower: {into: query, name: since}, upper: {into: query, name: until}, start: '2025-10-25', step: 30m");
        serve("2025-10-26 01:10:00", "2025-10-26 01:50:00");

        List<Pull.Element> all = firstPages("2025-10-25T23:30:00Z", 4);

        assertThat(times(all)).contains("2025-10-26 01:10:00", "2025-10-26 01:50:00");
        assertThat(lists.asked())
                .map(query -> query.replaceAll("[a-z]+=2025-10-26%20", "").replace("%3A", ":"))
                .startsWith(
                        "00:30:00&01:00:00", // up to where the doubled hour begins
                        "00:59:59&01:30:00",
                        "00:59:59&02:00:00",
                        "01:00:00&02:00:00",
                        "01:30:00&02:00:00");
    }

    private List<Pull.Element> firstPages(String cursor, int pages) throws Exception {
        List<Pull.Element> elements = new ArrayList<>();
        var exchange = lists.world()
                .call(Lists.URI, Payload.empty(Lineage.ofRun("run-1")), new FakeAttempt().cursor(cursor), null);
        try (Pull pull = (Pull) exchange.getMessage().getBody()) {
            for (int i = 0; i < pages; i++) {
                elements.add(pull.next());
            }
        }
        return elements;
    }
}
