package io.patchbay.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class BinderTest {

    enum Colour {
        DARK_RED,
        BLUE,
        @NotYet
        GREEN
    }

    @Doc("Everything that can be bound")
    record AllSettings(
            String name,
            @Default("3") @Range(min = 1, max = 9) int count,
            @Nullable Long big,
            @Nullable BigDecimal exact,
            @Default("false") boolean flag,
            @Default("30s") Duration pause,
            @Nullable DataSize size,
            @Default("blue") Colour colour,
            @Default("[]") List<String> words,
            @Default("{}") Map<String, Integer> numbers,
            @Nullable Inner inner,
            @Default("[]") List<Inner> inners,
            @Nullable JsonNode any,
            @Nullable Node raw,
            @Key("catch") @Nullable String caught,
            @NotYet @Nullable Node later) {}

    record Inner(String a, @Nullable String b) {
        Inner {
            if (a.equals("wrong")) {
                throw new IllegalArgumentException("'a' must not be 'wrong'");
            }
        }
    }

    record BadDefault(@Default("x") int number) {}

    private final Problems problems = new Problems();
    private final Binder binder = new Binder(Map.of());

    @Test
    void bindsEveryKindOfValue() {
        AllSettings all = bind("""
                name: 5
                count: 9
                big: 9000000000
                exact: 1.50
                flag: true
                pause: 2h
                size: 64KB
                colour: darkRed
                words: [ a, 7, true ]
                numbers: { b: 2, a: 1 }
                inner: { a: x }
                inners: [ { a: y, b: z } ]
                any: { n: [ 1, null, "2" ] }
                raw: [ x ]
                catch: it
                """);

        assertThat(problems.list()).isEmpty();
        assertThat(all.name()).isEqualTo("5");
        assertThat(all.count()).isEqualTo(9);
        assertThat(all.big()).isEqualTo(9_000_000_000L);
        assertThat(all.exact()).isEqualTo(new BigDecimal("1.50"));
        assertThat(all.flag()).isTrue();
        assertThat(all.pause()).isEqualTo(Duration.ofHours(2));
        assertThat(all.size()).isEqualTo(DataSize.ofKilobytes(64));
        assertThat(all.colour()).isEqualTo(Colour.DARK_RED);
        assertThat(all.words()).containsExactly("a", "7", "true");
        assertThat(all.numbers()).containsExactly(Map.entry("b", 2), Map.entry("a", 1));
        assertThat(all.inner()).isEqualTo(new Inner("x", null));
        assertThat(all.inners()).containsExactly(new Inner("y", "z"));
        assertThat(all.any().toString()).isEqualTo("{\"n\":[1,null,\"2\"]}");
        assertThat(all.raw().at().line()).isEqualTo(14);
        assertThat(all.caught()).isEqualTo("it");
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        AllSettings all = bind("{ name: x, pause: }");

        assertThat(problems.list()).isEmpty();
        assertThat(all.count()).isEqualTo(3);
        assertThat(all.pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(all.colour()).isEqualTo(Colour.BLUE);
        assertThat(all.words()).isEmpty();
        assertThat(all.inner()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ nmae: x, name: y } | f.yaml:1:3: all has no key 'nmae' [UNKNOWN_KEY] | did you mean 'name'?",
                "{ count: 3 } | f.yaml:1:1: all needs the key 'name' [MISSING_KEY] |",
                "{ name: } | all needs the key 'name' [MISSING_KEY] |",
                "{ name: [ x ] } | f.yaml:1:9: this value must be text, found list [WRONG_TYPE] |",
                "{ name: { x: 1 } } | must be text, found mapping | double quotes",
                "{ name: x, count: two } | f.yaml:1:19: a whole number is expected here, found text 'two' |",
                "{ name: x, count: 1.5 } | a whole number is expected here, found number '1.5' |",
                "{ name: x, count: \"3\" } | a whole number is expected here, found text '3' |",
                "{ name: x, count: 0 } | f.yaml:1:19: 'count' must be at least 1 and at most 9, found 0 [OUT_OF_RANGE] |",
                "{ name: x, count: 99999999999 } | [OUT_OF_RANGE] |",
                "{ name: x, flag: yes } | true or false is expected here, found text 'yes' |",
                "{ name: x, pause: 5 minutes } | '5 minutes' is not a duration like 30s |",
                "{ name: x, size: big } | 'big' is not a size like |",
                "{ name: x, colour: dark-red } | 'dark-red' is not one of darkRed, blue | did you mean 'darkRed'?",
                "{ name: x, words: a } | a list is expected here, found text |",
                "{ name: x, numbers: { a: b } } | f.yaml:1:26: a whole number is expected |",
                "{ name: x, numbers: [ 1 ] } | this value must be a mapping, found list |",
                "{ name: x, inner: x } | inner must be a mapping, found text |",
                "{ name: x, inner: { a: wrong } } | f.yaml:1:19: 'a' must not be 'wrong' [BAD_VALUE] |",
                "{ name: x, inners: [ { a: x }, { b: y } ] } | f.yaml:1:32: inner needs the key 'a' |",
                "[ 1 ] | f.yaml:1:1: all must be a mapping, found list |",
            })
    void saysWhatIsWrongAndWhere(String yaml, String message, String hint) {
        assertThat(bind(yaml)).isNull();
        assertThat(problems.errors()).isEqualTo(1);
        assertThat(problems.toString()).contains(message).contains(hint == null ? "" : hint);
    }

    @Test
    void findsAllProblemsAtOnce() {
        bind("{ nmae: x, count: a, pause: b, colour: c, words: 1, inner: { c: 1 }, inners: [ 1, { a: wrong } ] }");

        assertThat(problems.errors()).isEqualTo(8);
    }

    @Test
    void aWordThatIsNotThereYetSaysSo() {
        assertThat(bind("{ name: x, later: 1 }")).isNull();
        assertThat(bind("{ name: x, colour: green }")).isNull();
        assertThat(problems.list())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.what()).contains("not there yet"));
    }

    @Test
    void aDefaultThatCannotBeBoundIsTheProgrammersFault() {
        assertThatThrownBy(() -> binder.bind(node("{}"), BadDefault.class, problems))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("BadDefault.number");
    }

    @Test
    void durationsHaveOneForm() {
        assertThat(Durations.parse("1500ms")).isEqualTo(Duration.ofMillis(1500));
        assertThat(Durations.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Durations.format(Duration.ofHours(48))).isEqualTo("2d");
        assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("90m");
        for (String wrong : new String[] {"", "5", "1.5h", "-5s", "5 s", "1w", "99999999999s", "PT5S"}) {
            assertThatThrownBy(() -> Durations.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private AllSettings bind(String yaml) {
        return binder.bind(node(yaml), AllSettings.class, problems);
    }

    private static Node node(String yaml) {
        return new YamlReader().read("f.yaml", yaml, new Problems()).orElseThrow();
    }
}
