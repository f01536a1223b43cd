package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.patchbay.expression.LookupTable.Match;
import io.patchbay.expression.LookupTable.Row;
import io.patchbay.expression.LookupTable.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTableTest {

    private static LookupTable table(String... rows) {
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            all.add(new Row(i + 2, List.of(rows[i].split(",", -1))));
        }
        return new LookupTable(List.of("a", "b"), all);
    }

    private static String found(LookupTable table, Match match, String value) {
        Row row = table.find(new Way(match, List.of("a")), List.of(value));
        return row == null ? "-" : table.cell(row, "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DE-*         | DE-80331 | 1
            DE-*         | DE-      | 1
            DE-*         | DE       | -
            *            | ''       | 1
            a?c          | abc      | 1
            a?c          | ac       | -
            *x*y*        | axbyc    | 1
            *x*y*        | aybxc    | -
            a.c          | abc      | -
            A?           | A😀       | 1
            A??          | A😀       | -
            [a-z]        | b        | -
            """)
    void starIsAnyTextAndQuestionMarkAnyCharacterAndNothingElseIsSpecial(String cell, String value, String found) {
        assertThat(found(table(cell + ",1"), Match.WILDCARD, value)).isEqualTo(found);
    }

    @Test
    void ofSeveralRowsThatFitTheFirstIsTakenWhetherItHasWildcardsOrNot() {
        LookupTable table = table("x,1", "*,2", "x,3", "y,4");

        assertThat(found(table, Match.WILDCARD, "x")).isEqualTo("1");
        assertThat(found(table, Match.WILDCARD, "y")).isEqualTo("2");
        assertThat(found(table, Match.EXACT, "y")).isEqualTo("4");
        assertThat(found(table, Match.EXACT, "*")).isEqualTo("2");
    }

    @Test
    void aPatternOfManyStarsEndsSoon() {
        LookupTable table = table("*a".repeat(200) + "b,1");

        assertThat(found(table, Match.WILDCARD, "a".repeat(20_000))).isEqualTo("-");
    }

    @Test
    void aPieceThatAValueHasManyTimesIsLookedUpOnce() {
        LookupTable table = table("*ab*ab?ab*,1");
        String value = "ab".repeat(50_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(found(table, Match.WILDCARD, value)).isEqualTo("-"));
        assertThat(found(table, Match.WILDCARD, value + "xab")).isEqualTo("1");
    }

    /** Held against each other, it would be a milliard of patterns and values. */
    @ParameterizedTest
    @CsvSource({
        "WILDCARD, SKU-%05d-*, SKU-%05d-red",
        "WILDCARD, *-%05d, red-%05d",
        "WILDCARD, *x%05dy*, a x%05dy b",
        "WILDCARD, SKU-*-%05d, SKU-red-%05d",
        "WILDCARD, %05d-??-A*, %05d-DE-Abc",
        "RANGE, %d0..%1$d9, %d5",
        "RANGE, %d..1000000, %d"
    })
    void manyRowsAreNotTriedOneByOne(Match match, String cell, String value) {
        String[] rows = IntStream.range(0, 10_000)
                .mapToObj(i -> cell.formatted(i) + "," + i)
                .toArray(String[]::new);
        LookupTable table = table(rows);
        boolean open = cell.contains("1000000");

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 100_000; i++) {
                int asked = i % 10_000;
                assertThat(found(table, match, value.formatted(asked))).isEqualTo(open ? "0" : "" + asked);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0..9.99                 | 9.99                 | 1
            0..9.99                 | 9.990                | 1
            0..9.99                 | 9.991                | -
            -5..-1                  | -3                   | 1
            ..5                     | -1000                | 1
            5..                     | 5                    | 1
            7                       | 7.0                  | 1
            0..9                    | many                 | -
            0..9                    | ''                   | -
            0..9                    | 1e0                  | 1
            2026-01-01..2026-03-31  | 2026-03-31T23:59:59Z | 1
            2026-01-01..2026-03-31  | 2026-04-01           | -
            2026-01-01..            | 2027-02-29           | -
            2026-01-01..            | 2026-01-01xyz        | -
            ..2025-12-31            | 7                    | -
            0..99999                | 2026-03-05           | -
            """)
    void aRangeHoldsBothOfItsEnds(String cell, String value, String found) {
        assertThat(found(table(cell + ",1"), Match.RANGE, value)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"5..1", "1..2026-01-01", "2026-01-01T00:00..", "a..b", "..", "''", "1..x", "2026-13-01.."})
    void whatIsNoRangeIsToldWithItsLine(String cell) {
        LookupTable table = table(cell + ",1");

        assertThat(table.faults(new Way(Match.RANGE, List.of("a"))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).contains("is no range"))
                .extracting(LookupTable.Fault::line)
                .isEqualTo(2);
        assertThat(found(table, Match.RANGE, "1")).isEqualTo("-");
    }

    @Test
    void aRowThatAnotherHidesIsTold() {
        LookupTable table = table("x,1", "X,2", "x,3");

        assertThat(table.faults(new Way(Match.EXACT, List.of("a"))))
                .containsExactly(
                        new LookupTable.Fault(4, "the row is never found: the one in line 2 has the same in a"));
        assertThat(table.faults(new Way(Match.IGNORE_CASE, List.of("a")))).hasSize(2);
        assertThat(table.faults(new Way(Match.EXACT, List.of("a", "b")))).isEmpty();
        assertThat(found(table, Match.IGNORE_CASE, "X")).isEqualTo("1");
    }

    @Test
    void aRowThatAWildcardOrAWiderRangeHidesIsTold() {
        LookupTable wild = table("DE-1,1", "DE-*,2", "DE-?,3", "DE-*,4", "*,5", "?,6", "FR-*,7");
        LookupTable ranges =
                table("0..10,1", "2..3,2", "5..20,3", "..5,4", "2026-01-01..,5", "7,6", "100..,7", "200..,8");

        assertThat(wild.faults(new Way(Match.WILDCARD, List.of("a"))))
                .extracting(LookupTable.Fault::line)
                .containsExactly(4, 5, 7, 8);
        assertThat(wild.faults(new Way(Match.WILDCARD, List.of("a"))).get(0).what())
                .isEqualTo("the row is never found: 'DE-*' in line 3 holds all that 'DE-?' does");
        assertThat(table("?,1", "*,2", "a?,3").faults(new Way(Match.WILDCARD, List.of("a"))))
                .extracting(LookupTable.Fault::line)
                .containsExactly(4);
        assertThat(ranges.faults(new Way(Match.RANGE, List.of("a"))))
                .extracting(LookupTable.Fault::line)
                .containsExactly(3, 7, 9);
    }

    @Test
    void hugeCellsAreNotHeldAgainstEachOther() {
        String wide = "*" + "a".repeat(300_000) + "b";
        LookupTable one = table(wide + ",1", "a".repeat(600_000) + ",2", "x,3", "x,4");
        String[] many = IntStream.range(0, 3_000)
                .mapToObj(i -> "*" + "a".repeat(900) + i + "b," + i)
                .toArray(String[]::new);

        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> one.faults(new Way(Match.WILDCARD, List.of("a")))))
                .extracting(LookupTable.Fault::line)
                .containsExactly(5);
        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> table(many).faults(new Way(Match.WILDCARD, List.of("a")))))
                .isEmpty();
        assertThat(one.faults(new Way(Match.RANGE, List.of("a"))).get(0).what())
                .startsWith("'*aaa")
                .hasSizeLessThan(200);
    }

    @Test
    void severalKeysMayStandForTheSame() {
        LookupTable table = table("x,1", "y,1", "z,2");

        assertThat(table.faults(new Way(Match.EXACT, List.of("b")))).isEmpty();
        assertThat(table.faults(new Way(Match.RANGE, List.of("b")))).isEmpty();
    }

    @Test
    void anotherCellIsAnotherContent() {
        assertThat(table("a,bc").content()).isNotEqualTo(table("ab,c").content());
        assertThat(table("a,b", "c,d").content()).isEqualTo(table("a,b", "c,d").content());
    }
}
