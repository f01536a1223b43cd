package io.patchbay.mapping.function;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What functions are called in other products and languages, for people who look for them here. */
final class Elsewhere {

    /**
     * One thing that people look for.
     *
     * @param here how it is written here
     * @param names what it is called elsewhere
     */
    record Word(String here, List<String> names) {}

    private static final List<Word> ALL = List.of(
            word("value: …", "custom number", "custom boolean", "constant", "null constant"),
            word("template: …", "custom string", "format string", "sprintf"),
            word("template: \"${run.queuedAt}\"", "custom dynamic date", "now", "today", "current date"),
            word("{ join: … }", "implode"),
            word("count", "size"),
            word("{ pick: … }", "filter", "pick by condition", "where"),
            word("distinct", "unique", "uniq"),
            word("{ append: … }", "merge", "push"),
            word("avg", "average", "mean"),
            word("{ date: { to: … } }", "format date", "date format", "format"),
            word("{ date: { from: … } }", "parse date", "to date", "strtotime"),
            word("{ date: { round: … } }", "round date", "start of day", "end of day"),
            word("{ date: { add: … } }", "date add", "add date", "add days"),
            word("{ date: { zone: … } }", "time zone", "convert time zone"),
            word("{ difference: … }", "date diff", "date difference"),
            word("add, subtract, multiply or divide", "math", "calculate"),
            word("{ round: … }", "round number"),
            word("{ modulo: … }", "mod"),
            word("{ power: … }", "pow"),
            word("abs", "absolute"),
            word("ceil", "ceiling"),
            word("{ bounds: … }", "clamp"),
            word("{ formatNumber: … }", "number format"),
            word("number", "cast to number", "to number", "parse float", "parse int", "int", "float"),
            word("{ unit: … }", "unit conversion", "convert unit", "weight"),
            word("{ tax: … }", "vat"),
            word("text", "cast to text", "cast to string", "to string", "string"),
            word("upper", "uppercase", "to upper", "ucase", "strtoupper"),
            word("lower", "lowercase", "to lower", "lcase", "strtolower"),
            word("title", "title case", "capitalize", "proper case", "ucwords"),
            word("trim", "ltrim", "rtrim", "strip"),
            word("length", "strlen", "len"),
            word("{ concat: … }", "concatenate"),
            word("{ pad: … }", "pad left", "pad right", "lpad", "rpad", "str pad"),
            word("{ cut: … }", "truncate", "character limit", "left", "limit"),
            word("{ substring: … }", "substr", "mid", "right"),
            word("{ extract: … }", "regex extract", "regular expression extract", "match", "preg match"),
            word("{ replace: … }", "regex replace", "str replace", "gsub", "substitute"),
            word("stripHtml", "strip tags", "html to text"),
            word("escapeHtml", "html encode", "html entities"),
            word("toJson", "json encode", "stringify"),
            word("fromJson", "json decode", "parse json"),
            word("{ hash: { algorithm: … } }", "md5", "sha1", "sha256", "sha512", "digest"),
            word("uuid", "guid"),
            word("country", "country code"),
            word("{ gtin: … }", "ean", "upc", "barcode"),
            word("{ coalesce: … } or { default: … }", "fallback", "first not empty", "if empty", "nvl"),
            word("{ when: … }", "if", "if else", "condition"),
            word("{ case: … }", "switch"),
            word("{ lookup: … }", "map", "cross reference", "x ref", "lookup table", "vlookup"),
            word("the shape loadFromCache with 'into', before the map", "cache lookup"),
            word("boolean, or truthy as PHP casts", "cast to boolean", "to boolean", "bool"),
            word("{ script: … }", "custom script"));

    private static final Map<String, String> HERE = here();

    private Elsewhere() {}

    private static Word word(String here, String... names) {
        return new Word(here, List.of(names));
    }

    /** All of them, in the order of the reference. */
    static List<Word> all() {
        return ALL;
    }

    /** How something is written here; its name may be written in any way. */
    static Optional<String> of(String name) {
        return Optional.ofNullable(HERE.get(plain(name)));
    }

    private static Map<String, String> here() {
        Map<String, String> here = new HashMap<>();
        ALL.forEach(word -> word.names().forEach(name -> {
            if (here.put(plain(name), word.here()) != null) {
                throw new IllegalStateException("'" + name + "' stands here twice");
            }
        }));
        return here;
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
