package io.patchbay.shape.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.FakeScope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.mapping.function.Applied;
import io.patchbay.mapping.function.Sameness;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.shape.map.ExplodeSettings.WhenEmpty;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records and values that are made to take more than their size. */
class MapBoundsTest {

    @Test
    void refusesToCopyAWideRecordForEachOfManyItems() {
        ObjectNode record = wide(50_000);
        record.set("lines", items(9000));

        assertThatThrownBy(() -> explode("lines", null, WhenEmpty.DROP, 10_000).records(record))
                .isInstanceOf(StepException.class)
                .hasMessageContaining(
                        "9000 records would have 450009000 members of the record they come from, the most is 2000000")
                .hasMessageContaining("take out what the map does not need");
    }

    @Test
    void aSmallMostRefusesNoRecordForItsMembers() throws StepException {
        ObjectNode record = wide(500);
        record.set("lines", items(10));

        assertThat(explode("lines", null, WhenEmpty.DROP, 10).records(record)).hasSize(10);
    }

    @Test
    void makesARecordOnlyWhenItIsLookedAt() throws StepException {
        ObjectNode record = wide(190);
        record.set("lines", items(10_000));
        List<JsonNode> records = explode("lines", null, WhenEmpty.DROP, 10_000).records(record);

        assertThat(records).hasSize(10_000);
        assertThat(records.get(1)).isNotSameAs(records.get(1)).isEqualTo(records.get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "order.lines | { id: 1 } | { id: 1 }",
                "order.lines | { id: 1, order: null } | { id: 1, order: null }",
                "order.lines | { order: text } | { order: text }",
                "order.lines | { order: { no: 1, lines: [] } } | { order: { no: 1 } }",
                "lines | { lines: null, a: 1 } | { a: 1 }"
            })
    void keepsARecordWithoutItemsAsItIs(String list, String record, String kept) throws StepException {
        assertThat(explode(list, null, WhenEmpty.KEEP, 10).records(FakeScope.yaml(record)))
                .containsExactly(FakeScope.yaml(kept));
    }

    @Test
    void writesANumberOverNothingThatHasNoMembers() throws StepException {
        assertThatThrownBy(() -> explode("tags", "tags.no", WhenEmpty.DROP, 10)
                        .records(FakeScope.yaml("{ tags: [ { a: 1 }, x ] }")))
                .hasMessageContaining("'tags.no' would write over an item that is no object");
        assertThatThrownBy(() -> explode("tags", "name.no", WhenEmpty.DROP, 10)
                        .records(FakeScope.yaml("{ tags: x, name: Ann }")))
                .hasMessageContaining("'name.no' would write over a value that is no object");
        assertThatThrownBy(() -> explode("tags", "tags", WhenEmpty.DROP, 10))
                .hasMessageContaining("would stand in the place of the item");
        assertThat(explode("tags", "no", WhenEmpty.DROP, 10).records(FakeScope.yaml("{ tags: [ x, y ] }")))
                .hasToString("[{\"tags\":\"x\",\"no\":1}, {\"tags\":\"y\",\"no\":2}]");
    }

    @Test
    @Timeout(60)
    void groupsAndComparesTextsThatWereMadeToHaveOneHashCode() throws StepException {
        List<String> same = colliding(17);
        assertThat(same.stream().map(String::hashCode).distinct()).hasSize(1);
        GroupSettings group = new GroupSettings(List.of(SourcePath.of("key")), "rows");
        Map<String, Integer> groups = new HashMap<>();
        ArrayNode list = Json.NODES.arrayNode();
        for (String text : same) {
            list.add(text);
            groups.merge(
                    group.key(Json.NODES.objectNode().put("key", text), FakeScope.of("record: {}")), 1, Integer::sum);
        }

        assertThat(groups).hasSize(same.size());
        assertThat(Applied.to("distinct", list)).hasSameSizeAs(list);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1.0 | true",
                "0 | 0.00 | true",
                "1 | \"1\" | false",
                "{ a: 1, b: [ 1.0 ] } | { b: [ 1 ], a: 1 } | true",
                "[ ab, c ] | [ a, bc ] | false",
                "{ ab: c } | { a: bc } | false",
                "[ [ 1 ], 2 ] | [ [ 1, 2 ] ] | false",
                "null | \"null\" | false",
                "[ 1, 2 ] | [ 12 ] | false",
                "true | \"true\" | false"
            })
    void knowsWhichValuesAreTheSame(String left, String right, boolean same) {
        assertThat(Sameness.of(FakeScope.yaml(left)).equals(Sameness.of(FakeScope.yaml(right))))
                .isEqualTo(same);
    }

    @Test
    @Timeout(60)
    void takesLongTextsApartInLinearTime() {
        String word = "x".repeat(2_000_000);
        String names = "van ".repeat(300_000) + "Beethoven";

        assertThat(Applied.to("{ addressLines: { lines: 2, length: 1, cut: true } }", Json.NODES.textNode(word)))
                .hasSize(2);
        assertThat(Applied.to("splitName", Json.NODES.textNode("Ludwig " + names))
                        .path("last")
                        .asText())
                .hasSize(names.length());
        assertThat(Applied.to("splitName", Json.NODES.textNode("Ann Archer " + "jr ".repeat(300_000)))
                        .path("suffix")
                        .asText())
                .hasSize(900_000 - 1);
    }

    @Test
    void dividesWithoutLosingADigitThatThereIs() {
        JsonNode large = Json.NODES.numberNode(new BigInteger("1234567890123456789012345678901234567890"));

        assertThat(Applied.to("{ divide: { by: 1 } }", large).asText()).isEqualTo(large.asText());
        assertThat(Applied.to("{ divide: { by: 4 } }", large).asText())
                .isEqualTo("308641972530864197253086419725308641972.5");
        assertThat(Applied.to("{ divide: { by: 7 } }", large).decimalValue().toBigInteger())
                .isEqualTo(new BigInteger("176366841446208112716049382700176366841"));
    }

    @Test
    void measuresValuesWithoutWalkingAllOfOne() {
        ObjectNode nested = Json.NODES.objectNode();
        ObjectNode at = nested;
        for (int i = 0; i < 100; i++) {
            at = at.putObject("n").put("t", "x".repeat(100));
        }

        assertThat(Budget.size(nested, 1000)).isNegative();
        assertThat(Budget.size(nested, 100_000)).isGreaterThan(10_000);
        assertThat(Budget.size(items(3), 10)).isNegative();
        assertThat(Budget.size(Json.NODES.nullNode(), 100)).isPositive();
    }

    private static ExplodeSettings explode(String list, @Nullable String number, WhenEmpty empty, int most) {
        return new ExplodeSettings(TargetPath.of(list), number == null ? null : TargetPath.of(number), empty, most);
    }

    private static ObjectNode wide(int members) {
        ObjectNode record = Json.NODES.objectNode();
        IntStream.range(0, members).forEach(i -> record.put("m" + i, i));
        return record;
    }

    private static ArrayNode items(int count) {
        ArrayNode items = Json.NODES.arrayNode();
        IntStream.range(0, count).forEach(items::add);
        return items;
    }

    /** "Aa" and "BB" have the same hash code, and so has every text of as many of them. */
    private static List<String> colliding(int pairs) {
        List<String> texts = List.of("");
        for (int i = 0; i < pairs; i++) {
            List<String> longer = new ArrayList<>();
            for (String text : texts) {
                longer.add(text + "Aa");
                longer.add(text + "BB");
            }
            texts = longer;
        }
        return texts;
    }
}
