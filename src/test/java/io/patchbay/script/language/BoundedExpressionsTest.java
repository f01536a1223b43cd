package io.patchbay.script.language;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** jq, JSONata and JSLT get nowhere, and end. */
class BoundedExpressionsTest {

    private static final Map<Language, Expressions> ALL = new EnumMap<>(Language.class);

    private static final Map<Language, List<String>> OUTSIDE = Map.of(
            Language.JQ,
                    List.of(
                            "env",
                            "$ENV.PATH",
                            "input",
                            "inputs",
                            "input_filename",
                            "debug_scope",
                            "import \"/etc/passwd\" as $p; $p",
                            "include \"/etc/passwd\"; 1",
                            "import \"../secrets\" as s; s::x",
                            "import \"a\" as a {search: \"/etc\"}; a::x",
                            "$__prog_args",
                            "get_search_list"),
            Language.JSLT,
                    List.of(
                            "import \"/etc/passwd\" as p p(.)",
                            "import \"../secrets.jslt\" as s s(.)",
                            "import \"file:///etc/passwd\" as s s(.)",
                            "import \"java/lang/Object.class\" as s s(.)",
                            "import \"META-INF/MANIFEST.MF\" as s s(.)",
                            "import \"http://127.0.0.1/x.jslt\" as s s(.)",
                            "getenv(\"PATH\")",
                            "java.lang.System.exit(1)"),
            Language.JSONATA,
                    List.of(
                            "$eval(text)",
                            "($e := $eval; $e(text))",
                            "$map([text], $eval)",
                            "$eval(\"1\", {})",
                            "$getenv(\"PATH\")",
                            "$readFile(\"/etc/passwd\")"));

    private static final Map<Language, List<String>> ENDLESS = Map.of(
            Language.JQ,
                    List.of(
                            "def f: f; f",
                            "def f: [f]; f",
                            "def f: f, f; f",
                            "def a: .,.; def b: a|a|a|a; def c: b|b|b|b; def d: c|c|c|c; d|d|d|d",
                            "[range(1000000000000)]",
                            "def r: ., r; [r]",
                            "last(range(1e15))",
                            "reduce range(1e15) as $i (0; . + $i)",
                            "[limit(1e12; range(1e15) | \"xxxxxxxxxxxxxxxx\")] | length",
                            "until(false; . + 1)",
                            "\"x\" * 1000000000",
                            "reduce range(64) as $i (\"x\"; . + .)",
                            "reduce range(64) as $i ([1]; . + .)",
                            "reduce range(64) as $i (1; [., .])",
                            "reduce range(64) as $i (1; [., .]) | tojson",
                            "reduce range(64) as $i (1; [., .]) | tostring | length",
                            "reduce range(64) as $i (1; [., .]) | \"\\(.)\"",
                            "(reduce range(64) as $i (1; [., .])) as $a | (reduce range(64) as $i (1; [., .])) as $b | $a == $b",
                            "[reduce range(64) as $i (1; [., .])] | unique",
                            "reduce range(100000) as $i (1; [.])",
                            "reduce range(100000) as $i (1; [.]) | tojson",
                            "reduce range(100000) as $i (1; [.]) | tojson | fromjson",
                            "reduce range(100000) as $i (1; [.]) | [paths]",
                            "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | test(\"^(a+)+$\")",
                            "[range(30)] | map([., . + 1]) | combinations"),
            Language.JSLT,
                    List.of(
                            "def f(n) f($n + 1) f(1)",
                            "def f(n) [f($n)] f(1)",
                            "def f(n) if ($n > 0) [f($n - 1), f($n - 1)] else 1 size(f(64))",
                            "def f(n, s) if ($n > 0) f($n - 1, $s + $s) else $s f(64, \"x\")",
                            "def f(n, s) if ($n > 0) f($n - 1, $s + $s) else $s f(64, [1])",
                            "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s f(64, 1)",
                            "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s to-json(f(64, 1))",
                            "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s string(f(64, 1))",
                            "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s f(64, 1) == f(64, 1)",
                            "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s hash-int(f(64, 1))",
                            "def f(n, s) if ($n > 0) f($n - 1, [$s]) else $s f(3000, 1)",
                            "test(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+\\\\1$\")",
                            "replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+\\\\1$\", \"\")",
                            "split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+\\\\1$\")",
                            "capture(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(?<x>a+)+\\\\1$\")"),
            Language.JSONATA,
                    List.of(
                            "($f := function(){ $f() }; $f())",
                            "($f := function(){ 1 + $f() }; $f())",
                            "($f := function(){ [$f(), $f()] }; $f())",
                            "[1..9999999].[1..9999999]",
                            "$map([1..9999999], function($x){ $map([1..9999999], function($y){ $x }) })",
                            "$pad(\"x\", 1000000000)",
                            "$reduce([1..64], function($a, $i){ $a & $a }, \"xx\")",
                            "$reduce([1..64], function($a, $i){ $append($a, $a) }, [1, 2])",
                            "$reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1)",
                            "$string($reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1))",
                            "($a := $reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1); $b := $reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1); $a = $b)",
                            "$reduce([1..3000], function($a, $i){ {\"a\": $a} }, 1)",
                            "$match(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/)",
                            "$replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/, \"\")",
                            "$split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/)",
                            "$contains(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/)"));

    static {
        OUTSIDE.keySet().forEach(language -> ALL.put(language, Expressions.of(language)));
    }

    @AfterAll
    static void close() {
        ALL.values().forEach(Expressions::close);
    }

    private static Stream<Arguments> rows(Map<Language, List<String>> texts) {
        return texts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(row -> row.getValue().stream().map(text -> Arguments.of(row.getKey(), text)));
    }

    static Stream<Arguments> outside() {
        return rows(OUTSIDE);
    }

    static Stream<Arguments> endless() {
        return rows(ENDLESS);
    }

    @ParameterizedTest
    @MethodSource("outside")
    void thereIsNothingOutside(Language language, String text) {
        ALL.get(language).fails(text, "{\"text\":\"$sum([1, 2])\"}", Kind.SYNTAX, Kind.FAILED);
    }

    @ParameterizedTest
    @MethodSource("endless")
    void nothingGoesOnForEver(Language language, String text) {
        ALL.get(language).fails(text, "1", Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE, Kind.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"JQ", "JSONATA", "JSLT"})
    void aTextThatIsNestedWithoutEndIsRefused(Language language) {
        Kind[] kinds = {Kind.SYNTAX, Kind.DEPTH, Kind.TIMEOUT, Kind.MEMORY, Kind.FAILED};
        ALL.get(language).fails("[".repeat(200_000), "{}", kinds);
    }

    @ParameterizedTest
    @EnumSource(names = {"JQ", "JSONATA", "JSLT"})
    void aChainWithoutEndIsRefused(Language language) {
        Kind[] kinds = {Kind.SYNTAX, Kind.DEPTH, Kind.TIMEOUT, Kind.MEMORY, Kind.FAILED};
        ALL.get(language).fails("1" + "+1".repeat(200_000), "{}", kinds);
    }
}
