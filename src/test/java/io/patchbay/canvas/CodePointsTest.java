package io.patchbay.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodePointsTest {

    @Property
    void findsWhatReadingUpToThereFinds(@ForAll("texts") String text) {
        CodePoints points = new CodePoints(text);
        int count = text.codePointCount(0, text.length());
        for (int from = 0; from <= count; from++) {
            int begin = text.offsetByCodePoints(0, from);
            for (int more = 0; more <= count - from; more++) {
                assertThat(points.offset(begin, more)).isEqualTo(text.offsetByCodePoints(begin, more));
            }
            assertThat(points.offset(begin, count - from + 1)).isEqualTo(text.length());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "\n", "\uD83D\uDE00", "\uD83C\uDDE9", "\u00E9")
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts));
    }
}
