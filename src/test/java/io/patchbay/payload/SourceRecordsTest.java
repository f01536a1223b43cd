package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "0-9223372036854775807",
                "1*0",
                "1*",
                "*2",
                "1*3",
                "1*-2",
                "1*9223372036854775807, 2*9223372036854775807"
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 5 5 6 7 7 | 5*3, 6, 7*2",
                "5 5 6 6 7 7 | 5-7*2",
                "5 5 6 6 6 7 7 | 5*2, 6*3, 7*2",
                "5 6 7 7 8 9 | 5-6, 7*2, 8-9",
                "7 5 5 6 | 7, 5*2, 6",
                "7 7 7 8 8 8 8 | 7*3, 8*4",
                "1 | 1"
            })
    void recordsThatAreMadeOfOneHaveItsNumber(String numbers, String said) throws Exception {
        long[] all = Stream.of(numbers.split(" ")).mapToLong(Long::parseLong).toArray();

        Payload page = numbered(all);

        assertThat(page.meta()).containsEntry("source.records", said);
        for (int i = 0; i < all.length; i++) {
            assertThat(SourceRecords.alone(page, i)).containsEntry("source.records", String.valueOf(all[i]));
        }
    }

    @Property
    void whatIsSaidIsReadAgain(@ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 9) Integer> numbers) {
        Payload page = numbered(numbers.stream().mapToLong(one -> one).toArray());

        Numbering again = Numbering.of(page);
        IntStream.range(0, numbers.size()).forEach(again::took);

        assertThat(IntStream.range(0, numbers.size()).mapToObj(again::number))
                .containsExactlyElementsOf(
                        numbers.stream().map(Integer::longValue).toList());
        assertThat(Objects.requireNonNull(again.in(payload(numbers.size()))).meta())
                .isEqualTo(page.meta());
    }

    @Test
    void aPayloadThatIsMadeOfRecordsHasTheirNumbers() {
        Numbering numbers = Numbering.of(numbered(501, 503, 504));
        numbers.took(0, 2);
        numbers.took(1, 0);
        numbers.took(2);

        assertThat(numbers.in(payload(3)))
                .satisfies(made -> assertThat(made.meta()).containsEntry("source.records", "501*2, 504"));
        assertThat(numbers.in(payload(3)))
                .as("the next one begins anew")
                .satisfies(made -> assertThat(made.meta()).isEmpty());
        numbers.took(3);
        assertThat(numbers.in(payload(1)))
                .as("there is no such record")
                .satisfies(made -> assertThat(made.meta()).isEmpty());
        assertThat(numbers.in(null)).isNull();
    }

    @Test
    void whatIsGatheredOfOneFileKeepsItsNumbersAndOfSeveralNone() {
        Payload first = numbered(1, 2).withMeta("file.path", "in/a.csv");
        Payload second = numbered(7, 9).withMeta("file.path", "in/a.csv");

        assertThat(gathered(first, second).meta())
                .containsEntry("source.records", "2, 9")
                .containsEntry("source.records.of", "file 'in/a.csv'");
        assertThat(gathered(first, numbered(7, 9).withMeta("file.path", "in/b.csv"))
                        .meta())
                .isEmpty();
        assertThat(gathered(first, payload(2)).meta()).isEmpty();
        assertThat(gathered(
                                numbered(1, 2).withMeta(SourceRecords.NAME, "the answer"),
                                numbered(1, 2).withMeta(SourceRecords.NAME, "the answer"))
                        .meta())
                .as("one answer is called like another")
                .isEmpty();
    }

    /** The second record of each. */
    private static Payload gathered(Payload... from) {
        GatheredNumbers gathered = new GatheredNumbers();
        for (Payload one : from) {
            gathered.took(Numbering.of(one), 1);
        }
        return gathered.in(payload(from.length));
    }
}
