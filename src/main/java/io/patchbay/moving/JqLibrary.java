package io.patchbay.moving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Definitions in jq that say what maps mean here: what is missing is no value at all, what is null passes by, a list is worked on item
 * by item. An expression gets those alone that it calls.
 */
final class JqLibrary {

    /** Characters that Java's strip takes away. */
    private static final String BLANKS =
            "\\t-\\r\\u001c-\\u0020\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000";

    /** All blanks and separators, also those that do not break. */
    private static final String SEPARATORS =
            "\\t-\\r\\u001c-\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    private static final Pattern CALLED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[.$]?[A-Za-z_][A-Za-z0-9_]*");

    static {
        define("member", "def member($k): if type == \"object\" and has($k) then .[$k] else empty end;");
        define(
                "item",
                "def item($n): if type == \"array\" then (if $n < 0 then length + $n else $n end) as $i"
                        + " | if $i >= 0 and $i < length then .[$i] else empty end else empty end;");
        define("every", "def every: if type == \"array\" or type == \"object\" then .[] else empty end;");
        define("found", "def found(s): [s] | if length == 0 then empty else . end;");
        define("first_of", "def first_of(s): [s] | .[0];");
        define("hollow", "def hollow: . == null or . == \"\" or . == [] or . == {};");
        define("nothing", "def nothing: length == 0 or .[0] == null or .[0] == \"\";");
        define("holder", "def holder: type == \"array\" or type == \"object\";");
        define("listed", "def listed: if type == \"array\" then . else [.] end;");
        define("zeros", "def zeros($n): [range($n) | \"0\"] | join(\"\");");
        define(
                "plain",
                "def plain: tostring | if test(\"e\") then capture(\"(?<s>-?)(?<i>[0-9]+)[.]?(?<f>[0-9]*)e[+]?(?<e>-?[0-9]+)\")"
                        + " | ((.i + .f) | sub(\"0+\\\\z\"; \"\")) as $d | ((.i | length) + (.e | tonumber)) as $p"
                        + " | .s + (if $p <= 0 then \"0.\" + zeros(-$p) + $d"
                        + " elif $p >= ($d | length) then $d + zeros($p - ($d | length))"
                        + " else $d[0:$p] + \".\" + $d[$p:] end) else . end;");
        define(
                "text",
                "def text: if holder then error(\"a list or an object is no text\") elif type == \"string\" then ."
                        + " elif type == \"number\" then plain else tostring end;");
        define(
                "joined",
                "def joined: if type == \"array\" then map(if holder then tojson elif . == null then \"\" else text end) | join(\",\")"
                        + " elif type == \"object\" then tojson elif . == null then \"\" else text end;");
        define("strip", "def strip: sub(\"\\\\A[" + BLANKS + "]+\"; \"\") | sub(\"[" + BLANKS + "]+\\\\z\"; \"\");");
        define("squeeze", "def squeeze: gsub(\"[" + SEPARATORS + "]+\"; \" \") | strip;");
        define("first_word", "def first_word: strip | sub(\"[" + SEPARATORS + "][\\\\s\\\\S]*\\\\z\"; \"\");");
        define("last_word", "def last_word: squeeze | if . == \"\" then . else split(\" \") | .[-1] end;");
        define("cut_at", "def cut_at($by): if $by == \"\" or . == \"\" then [.] else split($by) end;");
        define(
                "padded",
                "def padded($n; $with; $left): . as $t | ([range($n - length) | $with] | join(\"\")) as $fill"
                        + " | if $left then $fill + $t else $t + $fill end;");
        define(
                "bounded",
                "def bounded($n): if $n < 0 then length + $n else $n end as $p | length as $all"
                        + " | if $p < 0 then 0 elif $p > $all then $all else $p end;");
        define("part", "def part($from; $to): if $from >= $to then .[0:0] else .[$from:$to] end;");
        define(
                "number",
                "def number: if type == \"number\" then . elif type == \"string\" then strip"
                        + " | if test(\"\\\\A[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?\\\\z\")"
                        + " then ltrimstr(\"+\") | sub(\"\\\\A(?<s>-?)[.]\"; \"\\(.s)0.\") | sub(\"[.](?<e>[eE]|\\\\z)\"; \"\\(.e)\") | tonumber"
                        + " else error(\"the text is no number\") end else error(\"the value is no number\") end;");
        define(
                "decimal",
                "def decimal: number | plain | (if startswith(\"-\") then -1 else 1 end) as $s | ltrimstr(\"-\") | split(\".\")"
                        + " | { n: ($s * ((.[0] + (.[1] // \"\")) | ltrimstr_zeros | long)), s: ((.[1] // \"\") | length) };");
        define("ltrimstr_zeros", "def ltrimstr_zeros: sub(\"\\\\A0+(?<d>[0-9])\"; \"\\(.d)\");");
        define("long", "def long: if length > 17 then too_long else tonumber end;");
        define(
                "undecimal",
                "def undecimal: (if .n < 0 then \"-\" else \"\" end) as $s | .s as $p | (.n | tostring | ltrimstr(\"-\")) as $d"
                        + " | (if ($d | length) > $p then $d else zeros($p + 1 - ($d | length)) + $d end) as $d"
                        + " | (if $p == 0 then $s + $d else $s + $d[0:-$p] + \".\" + $d[-$p:] end) | tonumber;");
        define("tens", "def tens($k): \"1\" + zeros($k) | tonumber;");
        define("digits", "def digits: .n | tostring | ltrimstr(\"-\") | length;");
        define("too_long", "def too_long: error(\"a number has too many digits to be counted exactly\");");
        define("scaled", "def scaled($s): if digits + $s - .s > 17 then too_long else .n * tens($s - .s) end;");
        define(
                "plus",
                "def plus($t): decimal as $a | ($t | decimal) as $b | ([$a.s, $b.s] | max) as $s"
                        + " | { n: (($a | scaled($s)) + ($b | scaled($s))), s: $s } | undecimal;");
        define("minus", "def minus($t): ($t | number | -.) as $m | plus($m);");
        define(
                "times",
                "def times($t): decimal as $a | ($t | decimal) as $b | if ($a | digits) + ($b | digits) > 17 then too_long"
                        + " else { n: ($a.n * $b.n), s: ($a.s + $b.s) } | undecimal end;");
        define(
                "round_at",
                "def round_at($d): decimal | if .s <= $d then undecimal else (.s - $d) as $k | (if .n < 0 then -1 else 1 end) as $s"
                        + " | (.n | tostring | ltrimstr(\"-\") | zeros($k + 1 - length) + .) as $t | ($t | length - $k) as $p"
                        + " | { n: ($s * (($t[0:$p] | tonumber) + (if $t[$p:$p + 1] >= \"5\" then 1 else 0 end))), s: $d } | undecimal end;");
        define("iso_date", JqDates.READ);
        define(
                "each",
                "def each(f): if . == null then . elif type == \"array\" then map(if . == null then . else f end) else f end;");
        define("whole", "def whole(f): if . == null then . else f end;");
        define(
                "each_or_none",
                "def each_or_none(f): if length == 1 and (.[0] | type) == \"array\" then [.[0][] | [.] | f] else f end;");
        define(
                "or_else",
                "def or_else(a; b): [a] as $a | if ($a | length) > 0 and $a[0] != null then $a[0] else b end;");
        define(
                "strict",
                "def strict($what; s): [s] | if length == 0 then error($what + \" has no value here\") else .[0] end;");
        define(
                "told",
                "def told($what; s): [s] | if length == 0 or .[0] == null then error($what + \" has no value here\")"
                        + " else .[0] | joined end;");
        define(
                "accepted",
                "def accepted(f): if type == \"array\" then any(.[]; . != null and f) elif . == null then false else f end;");
        define(
                "put",
                "def put($e): if $e[0] == \"set\" then setpath($e[1]; $e[2])"
                        + " elif $e[0] == \"add\" then setpath($e[1] + [getpath($e[1]) | length]; $e[2])"
                        + " else getpath($e[1]) as $there | if $there == null then setpath($e[1]; if $e[0] == \"list\" then [] else {} end)"
                        + " elif ($there | type) == (if $e[0] == \"list\" then \"array\" else \"object\" end) then ."
                        + " else error(\"another field made another value there\") end end;");
        define("upper", "def upper: [explode[] | raised] | implode;");
        define(
                "lower",
                "def lower: if test(\"\\u03a3\") then error(\"a capital sigma is not lowered\") else [explode[] | lowered] | implode end;");
        define("raised", LetterCases.upper());
        define("lowered", LetterCases.lower());
    }

    private JqLibrary() {}

    private static void define(String name, String text) {
        TEXTS.put(name, text);
    }

    /** The definitions that an expression needs, each behind those that it needs itself. */
    static List<String> neededBy(String expression) {
        Set<String> order = new LinkedHashSet<>();
        gather(called(expression), order);
        return order.stream().map(name -> String.valueOf(TEXTS.get(name))).toList();
    }

    private static void gather(Collection<String> names, Set<String> order) {
        for (String name : names) {
            if (!order.contains(name)) {
                List<String> inner = new ArrayList<>(called(String.valueOf(TEXTS.get(name))));
                inner.remove(name);
                gather(inner, order);
                order.add(name);
            }
        }
    }

    /** Names outside of texts; what stands in a text is none. */
    private static Set<String> called(String expression) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = CALLED.matcher(expression);
        while (matcher.find()) {
            if (TEXTS.containsKey(matcher.group())) {
                names.add(matcher.group());
            }
        }
        return names;
    }
}
