package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:|)",
                "(|)",
                "(?:a*|b*)",
                "(?:(?:a?)?)",
                "(?:(?:a*)*)",
                "(?:(?:|)?)",
                "(?:a*?|b*?)",
                "(?:^|$)",
                "(?:\\b|\\B|)",
                "(?:\\Q\\E|)",
                "(?<n0>|)",
                "(?i:|)",
                "(?x: | # )\n)",
                "(?:\\p{L}*|\\pN*)",
                "(?:\\x41*|\\x{42}*|\\u0043*|\\0104*|\\c(*)",
                "(?:\\b{g}|\\b{g})"
            })
    void manyWaysWithoutACharacterAreRefused(String part) {
        assertThat(Branches.tooMany(part.repeat(24) + "(?=z)", 0)).as(part).isTrue();
        assertThat(Branches.tooMany("(?=" + part.repeat(24) + ")", 0)).as(part).isTrue();
        assertThat(Branches.tooMany("x(?:a|" + part.repeat(24) + "|b)+", 0))
                .as(part)
                .isTrue();
        assertThat(Branches.tooMany(part, 0)).as(part).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<n>)/(?:\\k<n>|\\k<n>)", "()/(?:\\1|\\1)", "()()()()()()()()()()/(?:\\10|\\10)"})
    void aReferenceToAGroupMayReadNothing(String text) {
        String[] both = text.split("/");

        assertThat(Branches.tooMany(both[0] + both[1].repeat(40) + "(?=z)", 0)).isTrue();
        assertThat(Branches.tooMany(both[0] + (both[1] + ",").repeat(40) + "(?=z)", 0))
                .isFalse();
    }

    @Test
    void waysBehindAndBeforeACharacterAreCountedTogether() {
        assertThat(Branches.tooMany("(?:a" + "(|)".repeat(5) + ")(?:" + "(|)".repeat(5) + "b)", 0))
                .isTrue();
        assertThat(Branches.tooMany("(?:" + "(|)".repeat(5) + "a" + "(|)".repeat(5) + ")*", 0))
                .isTrue();
        assertThat(Branches.tooMany("(?:" + "(|)".repeat(5) + "a)(?:" + "(|)".repeat(5) + "b)", 0))
                .isFalse();
        assertThat(Branches.tooMany("(?:x|" + "(|)".repeat(5) + ")(?:" + "(|)".repeat(5) + "b)", 0))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(.*)?;",
                "z(?:|)",
                "(\\d+|),",
                "(?:(a|b|)(c|)-)?",
                "(?=.*(a|))(?!b|)",
                "(?:\"[^\"]*\"|[^,]*|)(?:,|$)\\s"
            })
    void columnsOfARowAreCountedEachForItself(String column) {
        String expression = "^" + column.repeat(100) + "$";

        assertThat(Branches.tooMany(expression, 0)).isFalse();
        assertThat(Pattern.compile(expression).matcher("").find()).isIn(true, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2}))?)?(Z|[+-]\\d{2}:?\\d{2})?$",
                "^\\s*([^@\\s]+)@((?:[a-z0-9-]+\\.)+[a-z]{2,})\\s*$",
                "(?i)^(mr|mrs|ms|dr)?\\.?\\s*(\\w+)?\\s*(\\w*)\\s*(\\w*)$",
                "[\\]()|]*\\(|\\)|[^]|]+",
                "(foo|bar|baz|)(-(x|y|z|))?(foo|bar|)",
                "a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?q?r?s?t?u?v?w?x?y?z?",
                "(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)",
                "\\Q(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)\\E",
                "(?:|){24}",
                "^(.*)?;(.*)?;(.*)?;(.*)?;(.*)?;(.*)?;(.*)?;(.*)?;(.*)?$",
                "^(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|),(\\d+|)$"
            })
    void expressionsThatPeopleWriteAreTaken(String expression) {
        assertThat(Branches.tooMany(expression, 0)).isFalse();
        assertThat(Pattern.compile(expression).matcher("").find()).isIn(true, false);
    }

    @Test
    void whatIsWrittenApartInCommentModeIsCountedTogether() {
        String apart = "(|) # one )\n ".repeat(24);

        assertThat(Branches.tooMany(apart, Pattern.COMMENTS)).isTrue();
        assertThat(Branches.tooMany("(?x) " + apart, 0)).isTrue();
        assertThat(Branches.tooMany("(?x:a)#" + "(|)".repeat(24), 0)).isTrue();
        assertThat(Branches.tooMany("(|)".repeat(24), Pattern.LITERAL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", ")", "(?", "(?<", "[", "[^", "\\", "a{", "a{1", "{1}", "*", "(?x", "\\Qa", "(|))(|", "[]"})
    void aMistakeInItIsForTheJdkToTell(String expression) {
        assertThat(Branches.tooMany(expression, 0)).isFalse();
    }
}
