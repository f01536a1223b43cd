package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a page are known by their numbers in the file, as long as it is they that are in a payload. */
class SourceRecordsTest {

    private static final StepException WHY = new StepException(Owner.AUTHOR, "WRONG", "record 3: it is wrong");

    private static Payload payload(int records) {
        ArrayNode list = Json.NODES.arrayNode();
        for (int i = 0; i < records; i++) {
            list.add(i);
        }
        return Payload.of(Lineage.ofRun("run-1"), list);
    }

    private static Payload numbered(long... numbers) {
        SourceRecords all = new SourceRecords();
        LongStream.of(numbers).forEach(all::add);
        return all.in(payload(numbers.length));
    }

    private static BitSet left(int... indices) {
        BitSet left = new BitSet();
        IntStream.of(indices).forEach(left::set);
        return left;
    }

    @Test
    void numbersAreRangesWithGapsWhereRecordsWentAside() {
        assertThat(numbered(501, 502, 503, 505, 507, 508).meta())
                .containsOnly(Map.entry("source.records", "501-503, 505, 507-508"));
    }

    @Test
    void aFailureSaysWhichRecordOfWhichFileItIs() {
        Payload page = numbered(501, 503, 504);

        assertThat(SourceRecords.told(WHY, page, 2)).hasMessage("record 3: it is wrong (record 504 of its source)");
        assertThat(SourceRecords.told(WHY, page.withMeta("file.path", "in/a.csv"), 1))
                .hasMessage("record 3: it is wrong (record 503 of file 'in/a.csv')");
        assertThat(SourceRecords.alone(page, 1)).containsOnly(Map.entry("source.records", "503"));
    }

    /** An answer has the metadata of what was sent, that of the file that was read before it too. */
    @Test
    void whatRecordsWereReadFromIsSaidByWhoReadThem() throws Exception {
        SourceRecords all = new SourceRecords();
        LongStream.of(7, 8, 9).forEach(all::add);
        Payload page = all.in(payload(3).withMeta("file.path", "in/a.csv"), "the answer");

        Payload left =
                SourceRecords.kept(page, 3, left(1), page.withRecords(payload(1).records()));

        assertThat(SourceRecords.told(WHY, page, 0)).hasMessage("record 3: it is wrong (record 7 of the answer)");
        assertThat(SourceRecords.told(WHY, left, 0)).hasMessage("record 3: it is wrong (record 8 of the answer)");
        assertThat(page.withBody(Body.EMPTY, RecordPath.ROOT).meta()).containsOnlyKeys("file.path");
    }

    @Test
    void whatIsLeftOfThemKeepsItsNumbers() throws Exception {
        Payload page = numbered(501, 503, 504, 505);

        Payload left = SourceRecords.kept(
                page, 4, left(0, 2, 3), page.withRecords(payload(3).records()));

        assertThat(left.meta()).containsEntry("source.records", "501, 504-505");
    }

    @Test
    void otherContentHasNoNumbers() throws Exception {
        Payload page = numbered(501, 503);

        assertThat(page.withBody(Body.EMPTY, RecordPath.ROOT).meta()).isEmpty();
        assertThat(page.withRecords(payload(2).records()).meta()).isEmpty();
        assertThat(SourceRecords.kept(page, 2, left(0), payload(2)).meta()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-",
                "3-1",
                "1-3",
                "1",
                "1,2",
                "99999999999999999999",
                "1-999999999999999999",
                "-1-0",
                "1, ",
                "0-9223372036854775807"
            })
    void whatIsNotOfTheseRecordsSaysNothing(String said) {
        Payload page = payload(2).withMeta(SourceRecords.META, said);

        assertThat(SourceRecords.told(WHY, page, 1)).isSameAs(WHY);
        assertThat(SourceRecords.alone(page, 1)).isEmpty();
    }

    @Test
    void moreGapsThanAnybodyReadsAreNotSaid() {
        assertThat(numbered(LongStream.range(0, 1_001).map(i -> 2 * i + 1).toArray())
                        .meta())
                .isEmpty();
    }
}
