package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One call of the JDK or of Jackson that would go on for minutes, or take all memory, is stopped as well. */
class SingleCallsTest extends AllLanguages {

    /** A value of 64 levels, each twice what is below it: small in memory, without end when it is gone through. */
    private static final Map<Language, String> TREES = Map.of(
            Language.JQ, "(reduce range(64) as $i (1; [., .]))",
            Language.JSLT, "f(64, [1])",
            Language.JSONATA, "$reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1)");

    private static final Kind[] BOUNDS = {Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE};

    /** Days, without a look at a character: see {@link Branches}. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            JSLT    ~ test("", "WAYS")
            JSONATA ~ $match("", /WAYS/)
            XQUERY  ~ matches('', 'WAYS', ';j')
            """)
    void noExpressionIsTriedWithoutALookAtTheText(Language language, String text) {
        String ways = "(?:a*|b*)".repeat(40) + "(?=z)";

        LanguageException refused =
                ALL.get(language).fails(text.replace("WAYS", ways), language.xml() ? "<a/>" : "{}", Kind.TOO_LARGE);

        assertThat(refused).hasMessageContaining("too many parts in a row that may be empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            JQ      ~ ("a" * 2000000) as $t | ("a" * 1000000 + "b") as $p | $t | contains($p)
            JQ      ~ ("a" * 2000000) as $t | ("a" * 1000000 + "b") as $p | $t | index($p)
            JQ      ~ ("a" * 2000000) as $t | ("a" * 1000000 + "b") as $p | $t | indices($p)
            JQ      ~ ("a" * 2000000) as $t | ("b" + "a" * 1000000) as $p | $t | split($p)
            JQ      ~ ("a" * 2000000) as $t | ("a" * 1000000 + "b") as $p | $t | split($p)
            JQ      ~ [range(300000)] | join("x" * 1000000)
            JSLT    ~ def d(s, n) if ($n > 0) d($s + $s, $n - 1) else $s let a = d("a", 21) let p = d("a", 20) + "b" contains($p, $a)
            JSLT    ~ def d(s, n) if ($n > 0) d($s + $s, $n - 1) else $s let a = d("a", 21) let p = d("a", 20) + "b" split($a, $p)
            JSLT    ~ def d(s, n) if ($n > 0) d($s + $s, $n - 1) else $s let a = d("a", 21) let p = d("a", 20) + "b" replace($a, $p, "")
            JSLT    ~ split("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+\\\\1$")
            JSONATA ~ ($t := $pad("a", 2000000, "a"); $p := $pad("a", 1000000, "a") & "b"; $contains($t, $p))
            JSONATA ~ ($t := $pad("a", 2000000, "a"); $p := $pad("a", 1000000, "a") & "b"; $substringBefore($t, $p))
            JSONATA ~ ($t := $pad("a", 2000000, "a"); $p := $pad("a", 1000000, "a") & "b"; $substringAfter($t, $p))
            JSONATA ~ ($t := $pad("a", 2000000, "a"); $p := "b" & $pad("a", 1000000, "a"); $split($t, $p))
            JSONATA ~ ($t := $pad("a", 2000000, "a"); $p := $pad("a", 1000000, "a") & "b"; $replace($t, $p, ""))
            JSONATA ~ ($t := $pad("a", 1000000, "a"); $replace($t, "a", $t))
            JSONATA ~ ($t := $pad("a", 1000000, "a"); $replace($t, /a/, $t))
            JSONATA ~ $join($map([1..100000], function($i){ "x" }), $pad("a", 1000000, "a"))
            JSONATA ~ $distinct($map([1..60000], function($i){ {"Aa": $i, "BB": -$i} }))
            XQUERY  ~ let $t := string-join((1 to 2000000) ! 'a') let $p := string-join((1 to 1000000) ! 'a') || 'b' return contains($t, $p)
            XQUERY  ~ let $t := string-join((1 to 2000000) ! 'a') let $p := string-join((1 to 1000000) ! 'a') || 'b' return substring-before($t, $p)
            XQUERY  ~ let $t := string-join((1 to 2000000) ! 'a') let $p := string-join((1 to 1000000) ! 'a') || 'b' return tokenize($t, $p, 'q')
            XQUERY  ~ let $t := string-join((1 to 2000000) ! 'a') let $p := string-join((1 to 1000000) ! 'a') || 'b' return replace($t, $p, '', 'q')
            XQUERY  ~ let $t := string-join((1 to 2000000) ! 'a') let $p := string-join((1 to 1000000) ! 'a') || 'b' return replace($t, $p, '', ';j')
            """)
    void noTextIsLookedForForMinutes(Language language, String text) {
        ALL.get(language).fails(text, language.xml() ? "<a/>" : "{}", BOUNDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            JQ      ~ TREE | contains(1)
            JQ      ~ TREE + "a"
            JQ      ~ TREE - 1
            JQ      ~ TREE * 2
            JQ      ~ error(TREE)
            JQ      ~ TREE | tonumber
            JQ      ~ TREE | ascii_downcase
            JQ      ~ TREE | has("a")
            JQ      ~ "x" | test(TREE)
            JQ      ~ "x" | ltrimstr(TREE) | "\\(TREE)"
            JQ      ~ {(TREE): 1}
            JQ      ~ [TREE] | @csv
            JQ      ~ TREE | @text
            JQ      ~ [TREE] | group_by(.)
            JQ      ~ [TREE, TREE] | unique
            JQ      ~ TREE | .a
            JSLT    ~ number(TREE)
            JSLT    ~ round(TREE)
            JSLT    ~ TREE * 2
            JSLT    ~ TREE / 2
            JSLT    ~ TREE > 2
            JSLT    ~ TREE + "a"
            JSLT    ~ contains(TREE, [1, 2])
            JSLT    ~ contains(TREE, [TREE])
            JSLT    ~ error(TREE)
            JSLT    ~ join([TREE, TREE], ",")
            JSLT    ~ uppercase(TREE)
            JSLT    ~ sha256-hex(TREE)
            JSLT    ~ hash-int(TREE)
            JSLT    ~ split(TREE, ",")
            JSLT    ~ test("x", TREE)
            JSLT    ~ replace("x", "y*", "") + TREE
            JSLT    ~ {(TREE): 1}
            JSLT    ~ {for ([TREE]) . : 1}
            JSLT    ~ import "http://jslt.schibsted.com/2018/experimental" as exp exp:group-by([TREE], ., 1)
            JSONATA ~ TREE & ""
            JSONATA ~ TREE + 1
            JSONATA ~ -TREE
            JSONATA ~ $number(TREE)
            JSONATA ~ $sum(TREE)
            JSONATA ~ $uppercase(TREE)
            JSONATA ~ $join([TREE])
            JSONATA ~ $error(TREE)
            JSONATA ~ $assert(false, TREE)
            JSONATA ~ $distinct([TREE, TREE])
            JSONATA ~ $distinct([TREE, 1])
            JSONATA ~ {TREE: 1}
            JSONATA ~ TREE = TREE
            JSONATA ~ TREE in [TREE]
            JSONATA ~ TREE > 1
            JSONATA ~ [1..TREE]
            JSONATA ~ $formatNumber(TREE, "#")
            JSONATA ~ $length(TREE)
            JSONATA ~ $split(TREE, "a")
            JSONATA ~ $contains("a", TREE)
            JSONATA ~ $sort([TREE, TREE])
            """)
    void noValueIsGoneThroughForMinutes(Language language, String text) {
        String whole = text.replace("TREE", TREES.get(language));
        String before = "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s ";
        boolean imports = whole.startsWith("import");
        String told = language != Language.JSLT
                ? whole
                : imports ? whole.replace("exp exp:", "exp " + before + "exp:") : before + whole;
        ALL.get(language).ends(told, "{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            XQUERY  ~ xs:decimal('1' || string-join((1 to 9000) ! '0')) idiv xs:decimal('0.' || string-join((1 to 9000) ! '0') || '1')
            XQUERY  ~ xs:decimal('1' || string-join((1 to 9000) ! '0')) mod xs:decimal('0.' || string-join((1 to 9000) ! '0') || '7')
            XQUERY  ~ sum((1 to 100000) ! (xs:decimal('1' || string-join((1 to 4000) ! '0')) idiv xs:decimal('0.' || string-join((1 to 4000) ! '0') || '1')))
            XQUERY  ~ sum((1 to 100000) ! (xs:decimal('0.' || string-join((1 to 9000) ! '3')) mod xs:decimal('0.' || string-join((1 to 9000) ! '0') || '7')))
            XQUERY  ~ fold-left(1 to 100000, 3, function($a, $i) { ($a * $a * $a) mod xs:integer('1' || string-join((1 to 3000) ! '7')) })
            XQUERY  ~ format-number(xs:decimal('1e9'), string-join((1 to 5000000) ! '0'))
            XQUERY  ~ format-number(1.5, '0.' || string-join((1 to 5000000) ! '0'))
            XQUERY  ~ round(1.5, 999999999)
            XQUERY  ~ round-half-to-even(1.5, -999999999)
            XQUERY  ~ xs:dayTimeDuration('PT1' || string-join((1 to 5000000) ! '0') || 'S')
            XQUERY  ~ xs:dayTimeDuration('PT1S') * xs:double('1e308')
            XQUERY  ~ xs:integer('-' || string-join((1 to 5000000) ! '9'))
            XQUERY  ~ xs:date('1' || string-join((1 to 5000000) ! '0') || '-01-01')
            XQUERY  ~ format-integer(xs:integer('1' || string-join((1 to 9000) ! '0')), 'w')
            XQUERY  ~ format-integer(xs:integer('1' || string-join((1 to 5000000) ! '0')), '1')
            XQUERY  ~ parse-json('1e999999999')
            XQUERY  ~ parse-json('1' || string-join((1 to 5000000) ! '0'))
            XQUERY  ~ sort(('a1' || string-join((1 to 5000000) ! '0'), 'a2' || string-join((1 to 5000000) ! '0')), 'http://saxon.sf.net/collation?alphanumeric=yes')
            XQUERY  ~ 1 to xs:integer('1' || string-join((1 to 9000) ! '0'))
            JSONATA ~ $round(1.5, 999999999)
            JSONATA ~ $formatNumber(1e300, $pad("0", 5000000, "0"))
            JSONATA ~ $formatNumber(1.5, "0." & $pad("0", 5000000, "0"))
            JSONATA ~ $formatInteger(1e15, $pad("0", 5000000, "0"))
            JSONATA ~ $formatInteger(1e18, "I")
            JSONATA ~ $formatInteger(9e18, "w")
            JSONATA ~ $number("1" & $pad("0", 5000000, "0"))
            JSONATA ~ $number("0x" & $pad("f", 5000000, "f"))
            JSONATA ~ $power(10, 300) & ""
            JSONATA ~ $fromMillis(1e15, "[Y" & $pad("0", 1000000, "0") & "]")
            JSONATA ~ $formatBase(1e18, 2)
            JQ      ~ ("a" * 2000000) as $t | ("b" + "a" * 1000000) as $p | $t | rindex($p)
            JSLT    ~ def d(s, n) if ($n > 0) d($s + $s, $n - 1) else $s replace(d("a", 21), "a", d("b", 20))
            JSLT    ~ number("1e999999999")
            JSLT    ~ from-json("1e999999999") * 2
            JSLT    ~ round(from-json("1e999999999"))
            JSLT    ~ format-time(1e300, "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")
            JQ      ~ "1e999999999" | tonumber
            JQ      ~ "1e999999999" | fromjson | . + 1 | tostring
            JQ      ~ "1e999999999" | fromjson | floor
            JQ      ~ pow(10; 1e9) | tostring
            """)
    void noNumberIsWorkedOnForMinutes(Language language, String text) {
        ALL.get(language).ends(text, language.xml() ? "<a/>" : "{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            JQ      ~ ("a" * 2000 + "b") as $p | ("a" * 3000 + "b") | [indices($p), split($p), contains($p)] ~ [[[1000],["AAA",""],true]]
            JSONATA ~ ($p := $pad("a", 2000, "a") & "b"; $t := $pad("a", 3000, "a") & "b"; [$substringBefore($t, $p), $substringAfter($t, $p), $replace($t, $p, "")]) ~ [["AAA","","AAA"]]
            JSONATA ~ $replace("a1b22c", /([a-z])(\\d+)/, "$2$1-") ~ ["1a-22b-c"]
            JSONATA ~ $distinct([1, 2, 1, {"a": 1}, {"a": 1}]) ~ [[1,2,{"a":1}]]
            JSONATA ~ $join(["a", "b"], "-") ~ ["a-b"]
            JQ      ~ [1000000000 + 1, (2000000000 | . - 1), (300000000 | length)] ~ [[1000000001,1999999999,300000000]]
            JSLT    ~ [1000000000 + 1, 2000000000 - 1, size("a") + 300000000] ~ [[1000000001,1999999999,300000001]]
            JSONATA ~ [1000000000 + 1, 2000000000 - 1, $sum([300000000, 1])] ~ [[1000000001,1999999999,300000001]]
            JSLT    ~ split("a,b,,c", ",") ~ [["a","b","","c"]]
            JSLT    ~ "x" + 1 + {"a": [1]} ~ ["x1{\\"a\\":[1]}"]
            JSLT    ~ hash-int({"b": 1, "a": [2]}) == hash-int({"a": [2], "b": 1}) ~ [true]
            """)
    void whatEndsGivesWhatItGave(Language language, String text, String result) throws LanguageException {
        assertThat(ALL.get(language).of(text, "{}")).isEqualTo(result.replace("AAA", "a".repeat(1000)));
    }
}
