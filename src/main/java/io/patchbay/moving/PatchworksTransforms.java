package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of mapping rules of Patchworks as functions of a field of a map. */
final class PatchworksTransforms {

    private static final String[] SETTINGS = {"settings", "config", "options", "parameters"};
    private static final String[] SOURCES = {
        "source_fields", "sources", "source_field", "source", "fields", "fallback_fields"
    };
    private static final String NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,15})?";

    private final PatchworksText texts;
    private final PatchworksParts parts;
    private final PatchworksScripts scripts;
    private final PatchworksStores stores;
    private final PatchworksReading reading;
    private final Report report;
    private Made made = new Made();

    PatchworksTransforms(
            PatchworksText texts,
            PatchworksParts parts,
            PatchworksScripts scripts,
            PatchworksStores stores,
            Report report) {
        this.texts = texts;
        this.parts = parts;
        this.scripts = scripts;
        this.stores = stores;
        this.reading = parts.reading();
        this.report = report;
    }

    /** Begins a map, before which shapes may have to stand. */
    void begin(Made map) {
        made = map;
    }

    /**
     * The field that a function is for.
     *
     * @param field which may get another source
     * @param then its functions so far
     * @param others sources of the rule beside the first
     */
    record Target(ObjectNode field, ArrayNode then, List<String> others, PatchworksLists lists) {

        void function(String name, JsonNode settings) {
            then.addObject().set(name, settings);
        }
    }

    private String kind(JsonNode transform) {
        return Fields.plain(
                transform.isTextual()
                        ? transform.asText()
                        : reading.of(transform).text("type", "function", "name", "key"));
    }

    /** Whether a function takes the first source, and names the others in its settings. */
    boolean takesAll(JsonNode transform) {
        return Set.of("concatenate", "concat", "math", "fallback").contains(kind(transform));
    }

    void add(JsonNode transform, Place place, Target to) {
        String kind = kind(transform);
        Fields outer = reading.of(transform);
        outer.pass("id", "uuid", "order", "position", "category", "name", "key", "display_name");
        JsonNode settings = outer.get(SETTINGS);
        Fields of = settings.isMissingNode() ? outer : reading.of(settings);
        Target target = own(outer, of, to);
        switch (kind) {
            case "join" -> target.function("join", Translator.text(of.text("delimiter", "separator", "glue")));
            case "split" -> split(of.text("delimiter", "separator"), place, target);
            case "format", "dateformat", "formatdate", "date" -> format(of, place, target);
            case "rounddate" -> round(of.text("round", "to", "direction", "rounding", "round_to"), place, target);
            case "customdynamicdate", "dynamicdate" -> dynamic(of, place, target);
            case "customnumber", "customstring", "customboolean" -> custom(kind, of, place, target);
            case "math" -> math(of, place, target);
            case "roundnumber", "round" ->
                target.function(
                        "round",
                        Json.NODES
                                .objectNode()
                                .put("decimals", of.whole(0, 30, "decimal_places", "decimals", "precision")));
            case "concatenate", "concat" -> concatenate(of, place, target);
            case "prefix", "suffix" ->
                target.function(
                        kind, Translator.text(texts.text(of.text("prefix", "suffix", "text", "value"), place, false)));
            case "replace" -> {
                ObjectNode replace =
                        Json.NODES.objectNode().put("search", of.text("search", "find", "from", "search_for"));
                target.function(
                        "replace", replace.put("by", of.text("replacement", "replace", "by", "to", "replace_with")));
            }
            case "casttoboolean", "boolean" -> bool(of, target);
            case "casttonumber", "number" -> target.then().addObject().putObject("number");
            case "casttostring", "casttotext" -> target.then().add("text");
            case "fallback" -> fallback(of, place, target);
            case "map", "lookup", "crossreferencelookup" -> lookup(of, place, target);
            case "cachelookup", "cache" -> cache(of, place, target);
            case "script" -> {
                String script = scripts.file(of, place, true);
                if (script != null) {
                    target.function("script", Json.NODES.objectNode().put("file", script));
                }
            }
            case "upper", "uppercase" -> target.then().add("upper");
            case "lower", "lowercase" -> target.then().add("lower");
            case "trim", "first", "last", "count", "sum", "abs", "floor", "ceil", "title", "reverse", "flatten" ->
                target.then().add(kind);
            default -> {
                reading.whole(transform);
                report.lost(
                        place,
                        "the transform '" + SourceText.shown(kind) + "' of '"
                                + target.field().path("to").asText() + "' has no counterpart here and is left out",
                        "docs/reference/functions.md lists what there is");
            }
        }
    }

    /** A function may name sources of its own: the first is the field's, where it has none. */
    private Target own(Fields outer, Fields of, Target to) {
        List<String> named = PatchworksMap.paths(
                reading, of == outer ? outer.get(SOURCES) : of.has(SOURCES) ? of.get(SOURCES) : outer.get(SOURCES));
        List<String> own = named.stream().map(to.lists()::source).toList();
        if (own.isEmpty() || (!to.field().has("from") && !to.then().isEmpty())) {
            return to;
        }
        if (!to.field().has("from")) {
            to.field().put("from", own.get(0));
        }
        boolean same = to.field().path("from").asText().equals(own.get(0));
        return new Target(to.field(), to.then(), same ? own.subList(1, own.size()) : own, to.lists());
    }

    private void split(String delimiter, Place place, Target to) {
        String plain = delimiter.replaceAll("\\\\(.)", "$1");
        if (delimiter.replaceAll("\\\\.", "").matches(".*[\\[\\](){}*+?|^$.].*")) {
            report.lost(
                    place,
                    "split by the regular expression '" + SourceText.shown(delimiter)
                            + "': here the delimiter is taken as it is",
                    "replace what the expression finds by one delimiter first, with replace and regex: true");
        }
        to.function("split", Translator.text(plain));
    }

    private void format(Fields of, Place place, Target to) {
        String custom = of.text("custom_format", "format_text", "custom_text", "pattern");
        String said = of.text("custom", "format", "to", "output_format", "type_of_format");
        String form = date(custom.isBlank() ? said : custom, !custom.isBlank());
        boolean other =
                !custom.isBlank() && !said.isBlank() && !Fields.plain(said).matches("custom|true|customformat");
        if (form == null || (custom.isBlank() && said.matches("true|false")) || other) {
            report.lost(
                    place,
                    "the form of a date '" + SourceText.shown(custom.isBlank() ? said : custom)
                            + "' is not known: ISO 8601 was taken",
                    "date: { to: … } takes iso, epoch, patterns like yyyy-MM-dd and php: with the letters of PHP");
        }
        ObjectNode date = Json.NODES.objectNode();
        String from = of.text("input_format", "from_format", "source_format", "from");
        if (!from.isBlank()) {
            date.put("from", PatchworksShapes.either(String.valueOf(date(from, true)), "iso"));
        }
        to.function("date", date.put("to", form == null ? "iso" : form));
    }

    /** Forms that the picker offers have names; a form of one's own has letters of PHP. Null for a name that is not known. */
    private static @Nullable String date(String form, boolean letters) {
        String plain = Fields.plain(form);
        if (plain.isEmpty() || plain.startsWith("iso8601") || plain.equals("iso")) {
            return "iso";
        }
        if (plain.contains("milli")) {
            return "epochMillis";
        }
        if (plain.contains("epoch") || plain.contains("unix") || plain.equals("timestamp")) {
            return "epoch";
        }
        return switch (plain) {
            case "atom", "rfc3339", "w3c" -> "php:c";
            case "rfc2822", "rfc822", "rss" -> "php:r";
            case "cookie" -> "php:l, d-M-Y H:i:s T";
            default -> !letters && form.matches("(?s).*[A-Za-z]{5,}.*") ? null : "php:" + form;
        };
    }

    private void round(String said, Place place, Target to) {
        String word = said.toLowerCase(Locale.ROOT);
        if (!word.contains("end") && !word.contains("start") && !word.contains("begin")) {
            report.lost(
                    place,
                    "to what a date is rounded, '" + SourceText.shown(said)
                            + "', is not understood: it is the start of its day",
                    "round is startOfDay or endOfDay");
        }
        to.function("date", Json.NODES.objectNode().put("round", word.contains("end") ? "endOfDay" : "startOfDay"));
    }

    private void dynamic(Fields of, Place place, Target to) {
        String round = Fields.plain(of.text("round", "rounding", "round_to"));
        ObjectNode date = Json.NODES.objectNode().put("unit", of.text("unit", "interval_unit"));
        date.put("amount", of.text("adjustment", "amount", "value", "offset"))
                .put("direction", of.text("direction", "sign", "operator"));
        PatchworksText.Away away = texts.away(date, place);
        if (away == null && !(date.path("amount").asText() + date.path("unit").asText()).isBlank()) {
            report.lost(
                    place,
                    "a dynamic date is not understood: the instant of the run stands in its place",
                    "template: \"${run.queuedAt - 2h}\"");
        }
        String calendar = away == null ? null : away.calendar();
        to.field().remove("from");
        to.field()
                .put(
                        "template",
                        away == null || calendar != null ? "${run.queuedAt}" : PatchworksText.placeholder(away));
        if (calendar != null) {
            to.function("date", Json.NODES.objectNode().put("add", calendar));
        }
        if (round.contains("start") || round.contains("end")) {
            round(round, place, to);
        } else if (!round.isEmpty() && !round.equals("none")) {
            report.lost(
                    place,
                    "to what a date is rounded, '" + SourceText.shown(round) + "', is not understood",
                    "round is startOfDay or endOfDay");
        }
    }

    private void custom(String kind, Fields of, Place place, Target to) {
        JsonNode value = of.get(
                "value", "text", "string", "number", "boolean", "custom_value", "custom_string", "custom_number");
        to.field().remove("from");
        String text = value.asText();
        if (!value.isValueNode()) {
            report.lost(place, "the constant of a rule is not understood: it is empty", "say value");
            to.field().put("value", "");
        } else if (kind.equals("customboolean")) {
            if (!text.strip().matches("(?i)true|false|1|0")) {
                report.lost(
                        place,
                        "'" + SourceText.shown(text) + "' is neither true nor false: it became false",
                        "say value: true, or false");
            }
            to.field().put("value", text.strip().matches("(?i)true|1"));
        } else if (kind.equals("customnumber") && text.strip().matches(NUMBER)) {
            to.field().put("value", new BigDecimal(text.strip()));
        } else {
            to.field().put("template", texts.text(text, place, false));
        }
    }

    private void concatenate(Fields of, Place place, Target to) {
        String between =
                of.text("joining_character", "joining_characters", "separator", "delimiter", "glue", "character");
        if (to.others().isEmpty()) {
            report.look(place, "fields are joined and there is one alone: it stays as it is", null);
            return;
        }
        ObjectNode concat = Json.NODES.objectNode();
        to.others().forEach(concat.putArray("with")::add);
        to.function("concat", concat.put("separator", between));
    }

    private void math(Fields of, Place place, Target to) {
        String operation = Fields.plain(of.text("operation", "operator", "type_of_operation", "action"));
        ArrayNode terms = Json.NODES.arrayNode();
        to.others().forEach(terms::add);
        String number = of.text("number", "operand", "by", "value").strip();
        if (number.matches(NUMBER)) {
            terms.add(new BigDecimal(number));
        } else if (!number.isEmpty()) {
            report.lost(
                    place, "'" + SourceText.shown(number) + "' is no number to calculate with, and is left out", null);
        }
        if (terms.isEmpty()) {
            report.lost(
                    place,
                    "with what a function calculates is not understood, and it is left out",
                    "add, subtract, multiply and divide take further fields and numbers");
            return;
        }
        switch (operation) {
            case "add", "addition", "plus", "sum" -> to.function("add", terms);
            case "subtract", "subtraction", "minus" -> to.function("subtract", terms);
            case "multiply", "multiplication", "times" -> to.function("multiply", terms);
            case "divide", "division" ->
                to.function("divide", Json.NODES.objectNode().set("by", terms));
            default ->
                report.lost(
                        place,
                        "math with the operation '" + SourceText.shown(operation) + "' is left out",
                        "there are add, subtract, multiply and divide");
        }
    }

    private static void bool(Fields of, Target to) {
        String yes = of.text("true_values", "true");
        String no = of.text("false_values", "false");
        if (yes.isEmpty() && no.isEmpty()) {
            to.then().add("truthy");
            return;
        }
        ObjectNode bool = Json.NODES.objectNode();
        for (String one : yes.split(",", -1)) {
            bool.withArrayProperty("true").add(one.strip());
        }
        for (String one : no.split(",", -1)) {
            bool.withArrayProperty("false").add(one.strip());
        }
        to.function("boolean", bool);
    }

    private void fallback(Fields of, Place place, Target to) {
        JsonNode value = of.get("value", "static_value", "fallback", "default", "fallback_value");
        if (!to.others().isEmpty()) {
            ArrayNode terms = Json.NODES.arrayNode();
            to.others().forEach(terms::add);
            to.function("coalesce", terms);
        }
        String variable = of.text("flow_variable", "variable");
        if (!variable.isBlank()) {
            String text = variable.contains("{{") ? variable : "{{flow.variables." + variable + "}}";
            to.function("default", Translator.text(texts.text(text, place, false)));
        } else if (!value.isMissingNode()) {
            to.function("default", texts.content(value, place));
        } else if (to.others().isEmpty()) {
            report.lost(
                    place,
                    "what stands in for a value that is missing is not understood",
                    "default: VALUE, or coalesce: [ FIELD ]");
        }
    }

    private void lookup(Fields of, Place place, Target to) {
        String table = parts.table(
                of.get("lookup_table", "table", "cross_reference", "cross_reference_lookup", "lookup", "table_id"),
                place);
        ObjectNode lookup = Json.NODES.objectNode().put("table", table);
        String direction = Fields.plain(of.text("direction"));
        if (direction.startsWith("right") || direction.equals("reverse")) {
            lookup.put("from", "right").put("to", "left");
        } else if (!direction.isEmpty() && !direction.startsWith("left") && !direction.equals("forward")) {
            report.lost(
                    place,
                    "the direction '" + SourceText.shown(direction)
                            + "' of a lookup is not understood: it goes from left to right",
                    "from: right, to: left is the other one");
        }
        String theirType = of.text("output_type", "type_of_output");
        String type = Conditions.type(theirType);
        if (type.equals("number") || type.equals("boolean")) {
            lookup.put("as", type);
        } else if (!theirType.isBlank() && !type.equals("text")) {
            report.lost(
                    place,
                    "the type '" + SourceText.shown(theirType) + "' of what a lookup finds is not known: it is text",
                    "as is text, number or boolean");
        }
        String match = Fields.plain(of.text("match_type", "match"));
        if (match.contains("insensitive")) {
            lookup.put("match", "ignoreCase");
        } else if (!match.isEmpty() && !match.startsWith("exact") && !match.contains("sensitive")) {
            report.lost(
                    place,
                    "how a lookup compares, '" + SourceText.shown(match) + "', is not understood: it is exact",
                    "match is exact, ignoreCase, wildcard or range");
        }
        report.look(
                place,
                "what becomes of a value that table '" + table
                        + "' has not is said nowhere in the file: it is kept as it is",
                "say else: fail, else: null or what stands in");
        to.function("lookup", lookup.put("else", "keep"));
    }

    /** What stands in a cache is put into the record before the map. */
    private void cache(Fields of, Place place, Target to) {
        ObjectNode load = stores.looked(of, place);
        String member = "cached_" + (made.shapes().size() + 1);
        made.shape("loadFromCache", load.put("onMiss", "keep").put("into", member));
        to.field().remove("from");
        to.field().put("from", member);
    }
}
