package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.blueprint.ThreeWay.Keep;
import io.patchbay.blueprint.ThreeWay.Merged;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ThreeWayTest {

    private static final String BASE = "one\ntwo\nthree\nfour\nfive\n";

    @Test
    void takesWhatEachSideChanged() {
        Merged merged = merge(BASE, "ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nfive\nsix\n");

        assertThat(merged.conflicts()).isEmpty();
        assertThat(merged.text()).isEqualTo("ONE\ntwo\nthree\nfour\nfive\nsix\n");
    }

    @Test
    void takesAChangeOnceThatBothMade() {
        assertThat(merge(BASE, "one\n2\nthree\nfour\n5\n", "one\n2\nthree\nfour\nfive\n"))
                .isEqualTo(new Merged("one\n2\nthree\nfour\n5\n", List.of()));
    }

    @Test
    void tellsWhereBothChangedTheSameLinesAndTakesTheSideThatIsKept() {
        String mine = "one\nmine\nthree\nfour\nfive\n";
        String theirs = "one\ntheirs\nthree\nfour\nFIVE\n";

        assertThat(ThreeWay.merge(BASE, mine, theirs, Keep.MINE).text()).isEqualTo("one\nmine\nthree\nfour\nFIVE\n");
        assertThat(ThreeWay.merge(BASE, mine, theirs, Keep.THEIRS).text())
                .isEqualTo("one\ntheirs\nthree\nfour\nFIVE\n");
        assertThat(merge(BASE, mine, theirs).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.line()).isEqualTo(2);
            assertThat(conflict.base()).containsExactly("two\n");
            assertThat(conflict.mine()).containsExactly("mine\n");
            assertThat(conflict.theirs()).containsExactly("theirs\n");
        });
    }

    @Test
    void linesThatTouchAreAConflict() {
        assertThat(merge(BASE, "one\nTWO\nthree\nfour\nfive\n", "one\ntwo\nTHREE\nfour\nfive\n")
                        .conflicts())
                .hasSize(1);
        assertThat(merge("", "mine\n", "theirs\n").conflicts()).hasSize(1);
    }

    @Test
    void aLastLineWithoutAnEndIsAnotherLine() {
        assertThat(merge("a\nb", "a\nb\n", "a\nb").text()).isEqualTo("a\nb\n");
    }

    @Property
    void aSideThatChangedNothingHasNoSay(@ForAll("texts") String base, @ForAll("texts") String other) {
        assertThat(merge(base, other, base)).isEqualTo(new Merged(other, List.of()));
        assertThat(merge(base, base, other)).isEqualTo(new Merged(other, List.of()));
        assertThat(merge(base, other, other)).isEqualTo(new Merged(other, List.of()));
    }

    @Property
    void withoutAConflictItIsTheSameFromBothSides(
            @ForAll("texts") String base, @ForAll("texts") String mine, @ForAll("texts") String theirs) {
        Merged here = merge(base, mine, theirs);
        Merged there = merge(base, theirs, mine);

        assertThat(here.conflicts()).hasSameSizeAs(there.conflicts());
        if (here.conflicts().isEmpty()) {
            assertThat(here.text()).isEqualTo(there.text());
        } else {
            assertThat(here.text())
                    .isEqualTo(ThreeWay.merge(base, theirs, mine, Keep.THEIRS).text());
        }
    }

    @Property
    void editsThatAreApartAreBothThere(@ForAll("lists") List<String> lines) {
        List<String> base = new ArrayList<>(lines);
        base.add(0, "head\n");
        base.add("middle\n");
        base.add("tail\n");
        List<String> mine = new ArrayList<>(base);
        mine.set(0, "HEAD\n");
        List<String> theirs = new ArrayList<>(base);
        theirs.set(theirs.size() - 1, "TAIL\n");

        Merged merged = merge(String.join("", base), String.join("", mine), String.join("", theirs));

        assertThat(merged.conflicts()).isEmpty();
        assertThat(merged.text()).startsWith("HEAD\n").endsWith("middle\nTAIL\n");
    }

    @Provide
    Arbitrary<String> texts() {
        return lists().map(lines -> String.join("", lines));
    }

    @Provide
    Arbitrary<List<String>> lists() {
        return Arbitraries.of("a\n", "b\n", "c\n", "\n").list().ofMaxSize(8);
    }

    private static Merged merge(String base, String mine, String theirs) {
        return ThreeWay.merge(base, mine, theirs, Keep.MINE);
    }
}
