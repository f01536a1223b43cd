package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.expression.LookupTable.Match;
import io.patchbay.expression.LookupTable.Row;
import io.patchbay.expression.LookupTable.Way;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However rows are looked for, the first one that fits is found. */
class LookupTablePropertyTest {

    private static final List<String> COLUMNS = List.of("a", "b");

    private static LookupTable table(List<List<String>> cells) {
        List<Row> rows = new ArrayList<>();
        cells.forEach(row -> rows.add(new Row(rows.size() + 2, row)));
        return new LookupTable(COLUMNS, rows);
    }

    private static boolean fits(String pattern, String value) {
        StringBuilder expression = new StringBuilder("(?s)");
        pattern.codePoints().forEach(c -> {
            String one = Character.toString(c);
            expression.append(one.equals("*") ? ".*" : one.equals("?") ? "." : Pattern.quote(one));
        });
        return value.matches(expression.toString());
    }

    private static Arbitrary<List<String>> pairs(Arbitrary<String> one) {
        return one.list().ofSize(2);
    }

    private static Arbitrary<String> texts(String... parts) {
        return Arbitraries.of(parts).list().ofMaxSize(7).map(all -> String.join("", all));
    }

    @Provide
    Arbitrary<List<List<String>>> patterns() {
        return pairs(texts("a", "b", "*", "?", "😀", "ab", "bba")).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<List<String>>> values() {
        return pairs(texts("a", "b", "😀", "ab", "bba", "*")).list().ofMaxSize(20);
    }

    @Property(tries = 500)
    void theFirstPatternThatFitsIsFound(
            @ForAll("patterns") List<List<String>> patterns, @ForAll("values") List<List<String>> values) {
        LookupTable table = table(patterns);
        for (List<String> value : values) {
            int expected = 0;
            while (expected < patterns.size()
                    && !(fits(patterns.get(expected).get(0), value.get(0))
                            && fits(patterns.get(expected).get(1), value.get(1)))) {
                expected++;
            }
            Row found = table.find(new Way(Match.WILDCARD, COLUMNS), value);

            assertThat(found)
                    .isEqualTo(expected == patterns.size() ? null : table.rows().get(expected));
        }
    }

    private static Arbitrary<String> numbers() {
        return Arbitraries.of("0", "1", "1.0", "1.5", "2", "-3", "1e2", "100", "7");
    }

    private static Arbitrary<String> days() {
        return Arbitraries.of("2026-01-01", "2026-01-02", "2026-02-01", "2025-12-31");
    }

    private static Arbitrary<String> ranges(Arbitrary<String> points) {
        Arbitrary<String> ends = Arbitraries.oneOf(points, Arbitraries.just(""));
        return Arbitraries.oneOf(points, Combinators.combine(ends, ends).as((from, to) -> from + ".." + to));
    }

    @Provide
    Arbitrary<List<List<String>>> rangesBesideTexts() {
        return Combinators.combine(Arbitraries.oneOf(ranges(numbers()), ranges(days())), Arbitraries.of("x", "y"))
                .as((range, text) -> List.of(range, text))
                .list()
                .ofMaxSize(25);
    }

    private static BigDecimal value(String point) {
        return point.length() == 10
                ? new BigDecimal(java.time.LocalDate.parse(point).toEpochDay())
                : new BigDecimal(point);
    }

    private static boolean holds(String range, String asked) {
        int at = range.indexOf("..");
        String from = at < 0 ? range : range.substring(0, at);
        String to = at < 0 ? range : range.substring(at + 2);
        for (String end : List.of(from, to)) {
            if (!end.isEmpty() && (end.length() == 10) != (asked.length() == 10)) {
                return false;
            }
        }
        boolean none = from.isEmpty() && to.isEmpty();
        boolean turned = !from.isEmpty() && !to.isEmpty() && value(from).compareTo(value(to)) > 0;
        return !none
                && !turned
                && (from.isEmpty() || value(from).compareTo(value(asked)) <= 0)
                && (to.isEmpty() || value(asked).compareTo(value(to)) <= 0);
    }

    @Property(tries = 500)
    void theFirstRangeThatHoldsAValueIsFound(@ForAll("rangesBesideTexts") List<List<String>> rows) {
        LookupTable table = table(rows);
        List<String> asked = List.of(
                "0",
                "1",
                "1.00",
                "1.2",
                "-9",
                "100",
                "1000",
                "7",
                "2026-01-01",
                "2026-01-15",
                "2025-01-01",
                "2027-01-01");
        for (String one : asked) {
            for (String text : List.of("x", "y", "z")) {
                Row expected = table.rows().stream()
                        .filter(row -> row.cells().get(1).equals(text)
                                && holds(row.cells().get(0), one))
                        .findFirst()
                        .orElse(null);

                assertThat(table.find(new Way(Match.RANGE, COLUMNS), List.of(one, text)))
                        .as("%s beside %s", one, text)
                        .isEqualTo(expected);
            }
        }
    }
}
