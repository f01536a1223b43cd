package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.PlacedShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page's lineage says which records are in it, and a run that is taken up again ends pages where they ended. */
class ChunkPagesTest {

    private static final String BY_NUMBER = "{ to: json, from: csv, chunk: 4 }";
    private static final String BY_BYTES = "{ to: json, from: csv, chunk: 4, chunkBytes: 40B }";

    private static String rows(int count) {
        return "n\n" + IntStream.range(0, count).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static List<Payload> pages(String settings, int rows, String... before) throws StepException {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(), settings, PlacedShape.surroundings(Map.of(), Map.of(), Map.of()), true);
        assertThat(shape.problems().anyError()).as(shape.problems().toString()).isFalse();
        Body body = new Body.Bytes(rows(rows).getBytes(StandardCharsets.UTF_8), "text/csv");
        Payload given = PlacedShape.payload(Json.NODES.missingNode()).withBody(body, RecordPath.ROOT);
        String lineage = given.lineage().text() + "/it";
        return shape.work(given, new FakeAttempt() {
            @Override
            public Stream<String> before() {
                return Stream.of(before).map(page -> page.startsWith("else") ? page : lineage + page);
            }
        });
    }

    /** As in {@code #0: 0 1 2}. */
    private static List<String> shown(List<Payload> pages) throws StepException {
        List<String> shown = new ArrayList<>();
        for (Payload page : pages) {
            String lineage = page.lineage().text();
            shown.add(lineage.substring(lineage.indexOf("/it") + 3)
                    + page.records().stream()
                            .map(row -> " " + row.path("n").asText())
                            .collect(Collectors.joining()));
        }
        return shown;
    }

    @Test
    void aPageOfAsManyRecordsAsItMayHaveHasItsNumber() throws Exception {
        assertThat(shown(pages(BY_NUMBER, 10))).containsExactly("#0 0 1 2 3", "#1 4 5 6 7", "#2 8 9");
    }

    @Test
    void anotherPageHasItsRecords() throws Exception {
        assertThat(shown(pages(BY_BYTES, 7))).containsExactly("@2#0 0 1", "@2#2 2 3", "@2#4 4 5", "@1#6 6");
    }

    @Test
    void pagesThatEndedByNumberEndThereThoughThereIsABoundOfBytesNow() throws Exception {
        assertThat(shown(pages(BY_BYTES, 12, "#0/map/push", "#1")))
                .containsExactly("#0 0 1 2 3", "#1 4 5 6 7", "@2#8 8 9", "@2#10 10 11");
    }

    @Test
    void pagesThatEndedByBytesEndThereThoughTheBoundIsLargerNow() throws Exception {
        assertThat(shown(pages(BY_NUMBER, 12, "@2#0", "@3#2/push#1")))
                .containsExactly("@2#0 0 1", "@3#2 2 3 4", "@4#5 5 6 7 8", "@3#9 9 10 11");
    }

    @Test
    void aPageOfWhichNothingIsKnownGoesNoFurtherThanToTheNextOne() throws Exception {
        assertThat(shown(pages(BY_NUMBER, 12, "@2#6", "#2")))
                .containsExactly("#0 0 1 2 3", "@2#4 4 5", "@2#6 6 7", "#2 8 9 10 11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!#3", "@a#1", "@2#", "#", "#x", "@b!#2", "else", "@99999999999999999999#0", "2#0"})
    void otherLineagesAreNone(String other) throws Exception {
        assertThat(shown(pages(BY_NUMBER, 6, other))).containsExactly("#0 0 1 2 3", "#1 4 5");
    }

    @Test
    void noContentHasNoMembers() throws Exception {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(),
                "{ to: json, from: csv, unpack: zip }",
                PlacedShape.surroundings(Map.of(), Map.of(), Map.of()),
                true);
        Payload given = PlacedShape.payload(Json.NODES.missingNode()).withBody(Body.EMPTY, RecordPath.ROOT);

        assertThat(shape.work(given, new FakeAttempt())).isEmpty();
    }
}
