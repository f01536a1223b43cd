package io.patchbay.expression;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Condition}; what is wrong with a value is found here, not at the first record. */
final class ConditionReader implements ValueReader<Condition> {

    private static final Map<String, Operator> OPERATORS =
            Arrays.stream(Operator.values()).collect(Collectors.toMap(ConditionReader::word, Function.identity()));
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("equals", "is"),
            Map.entry("eq", "is"),
            Map.entry("==", "is"),
            Map.entry("equal", "is"),
            Map.entry("notEquals", "isNot"),
            Map.entry("ne", "isNot"),
            Map.entry("!=", "isNot"),
            Map.entry("neq", "isNot"),
            Map.entry("gt", "above"),
            Map.entry(">", "above"),
            Map.entry("greaterThan", "above"),
            Map.entry("gte", "atLeast"),
            Map.entry(">=", "atLeast"),
            Map.entry("lt", "below"),
            Map.entry("<", "below"),
            Map.entry("lessThan", "below"),
            Map.entry("lte", "atMost"),
            Map.entry("<=", "atMost"),
            Map.entry("regex", "matches"),
            Map.entry("and", "all"),
            Map.entry("or", "any"));
    private static final Set<String> GROUPS = Set.of("all", "any", "not");

    @Override
    public @Nullable Condition read(Node node, Reading reading) {
        if (node instanceof ListNode) {
            reading.error(
                    node, "WRONG_TYPE", "a condition is expected here, found list", "write all: or any: before it");
            return null;
        }
        MapNode map = reading.map(node, "a condition");
        if (map == null) {
            return null;
        }
        for (String group : GROUPS) {
            Node members = map.get(group);
            if (members != null) {
                return group(group, members, map, reading);
            }
        }
        return comparison(map, reading);
    }

    private @Nullable Condition group(String word, Node members, MapNode map, Reading reading) {
        reading.refuseUnknownKeys(map, Set.of(word), "a condition with '" + word + "'");
        if (word.equals("not")) {
            Condition condition = read(members, reading);
            return condition == null ? null : new Condition.Not(condition);
        }
        if (!(members instanceof ListNode list) || list.items().isEmpty()) {
            reading.error(
                    members,
                    "WRONG_TYPE",
                    "'" + word + "' needs a list of conditions, found "
                            + (members instanceof ListNode ? "an empty list" : members.kind()),
                    null);
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (Node item : list.items()) {
            Condition condition = read(item, reading);
            if (condition != null) {
                conditions.add(condition);
            }
        }
        if (conditions.size() < list.items().size()) {
            return null;
        }
        return word.equals("all") ? new Condition.All(conditions) : new Condition.Any(conditions);
    }

    private static @Nullable Condition comparison(MapNode map, Reading reading) {
        long before = reading.problems().errors();
        Node.Entry operator = operator(map, reading);
        Comparison.Field field = field(map, reading);
        Node asNode = map.get("as");
        Kind as = asNode == null ? null : reading.bind(asNode, Kind.class);
        if (operator == null || field == null || reading.problems().errors() > before) {
            return null;
        }
        return new Compared(Objects.requireNonNull(OPERATORS.get(operator.key())), operator.value(), as, reading)
                .with(field);
    }

    private static Node.@Nullable Entry operator(MapNode map, Reading reading) {
        Node.Entry found = null;
        boolean misspelt = false;
        for (Node.Entry entry : map.entries().values()) {
            if (entry.key().equals("field") || entry.key().equals("as")) {
                continue;
            }
            if (!OPERATORS.containsKey(entry.key())) {
                reading.problems()
                        .error(
                                entry.at(),
                                "UNKNOWN_OPERATOR",
                                "a condition has no operator '" + entry.key() + "'",
                                hint(entry.key()));
                misspelt |= known(entry.key()).isPresent();
                found = found == null && !means(entry.key(), "field") ? entry : found;
            } else if (found != null) {
                reading.problems()
                        .error(
                                entry.at(),
                                "BAD_VALUE",
                                "a condition has one operator, found '" + found.key() + "' and '" + entry.key() + "'",
                                "write two conditions under all:");
            } else {
                found = entry;
            }
        }
        if (found == null && !misspelt) {
            reading.error(
                    map, "MISSING_KEY", "a condition needs an operator", "like is, above, exists; or all, any, not");
        }
        return found;
    }

    private static @Nullable String hint(String word) {
        String familiar = ELSEWHERE.get(word);
        if (familiar != null) {
            return "did you mean '" + familiar + "'?";
        }
        return known(word)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("operators are " + OPERATORS.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }

    /** The key that a word was most likely meant to be. */
    private static Optional<String> known(String word) {
        List<String> known = new ArrayList<>(OPERATORS.keySet());
        known.addAll(List.of("field", "as", "all", "any", "not"));
        return DidYouMean.nearest(word, known);
    }

    private static boolean means(String word, String key) {
        return known(word).filter(key::equals).isPresent();
    }

    private static Comparison.@Nullable Field field(MapNode map, Reading reading) {
        Node node = map.get("field");
        if (node == null && map.entries().keySet().stream().anyMatch(key -> means(key, "field"))) {
            return null; // told of as a word that is not known
        }
        if (node == null) {
            reading.error(map, "MISSING_KEY", "a condition needs the key 'field'", "the path of what is compared");
            return null;
        }
        if (node instanceof ScalarNode scalar && scalar.text().startsWith("${")) {
            Template template = Template.parse(scalar, Roots.FLOW, reading.problems());
            return template == null ? null : new Comparison.Field(null, template, node.at());
        }
        SourcePath path = reading.bind(node, SourcePath.class);
        return path == null ? null : new Comparison.Field(path, null, node.at());
    }

    static String word(Operator operator) {
        String[] words = operator.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words.length == 1
                ? words[0]
                : words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode schema = json.objectNode();
        schema.put("description", "all, any or not of conditions, or a comparison of one field")
                .put("type", "object");
        ObjectNode self = json.objectNode().put("$ref", "#/$defs/Condition");
        var oneOf = schema.putArray("oneOf");
        for (String group : List.of("all", "any", "not")) {
            ObjectNode choice = oneOf.addObject().put("additionalProperties", false);
            ObjectNode member = choice.putObject("properties").putObject(group);
            if (group.equals("not")) {
                member.setAll(self);
            } else {
                member.put("type", "array").put("minItems", 1).set("items", self);
            }
            choice.putArray("required").add(group);
        }
        ObjectNode comparison = oneOf.addObject();
        comparison.put("additionalProperties", false).put("minProperties", 2).put("maxProperties", 3);
        ObjectNode properties = comparison.putObject("properties");
        properties.set("field", schemas.of(SourcePath.class));
        properties.set("as", schemas.of(Kind.class));
        for (Operator operator : Operator.values()) {
            ObjectNode value = properties.putObject(word(operator)).put("description", operator.meaning());
            if (operator.flag()) {
                value.put("type", "boolean");
            }
        }
        comparison.putArray("required").add("field");
        return schema;
    }
}
