package io.patchbay.connector.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields that records have, and the types of their values; no value is in it. The names of an object with very many members
 * are data: they are not in it either.
 */
final class Fields {

    private static final int MOST_FIELDS = 500;
    private static final int MOST_RECORDS = 1_000;
    private static final int DEEPEST = 8;
    private static final int NAMES_ARE_DATA = 100;
    private static final int LONGEST_NAME = 100;

    /** By path from a record, like {@code $.lines[*].sku}. */
    private final Map<String, Field> all = new TreeMap<>();

    /** How many objects there are, by path. */
    private final Map<String, Integer> objects = new TreeMap<>();

    /**
     * A field.
     *
     * @param parent path of the objects that have it
     * @param types of its values; null is none
     * @param always whether each of these objects has it
     */
    private record Field(String parent, Set<String> types, boolean always) {}

    private Fields() {}

    /** The fields of these records. */
    static Fields of(List<JsonNode> records) {
        Fields fields = new Fields();
        Map<String, Integer> there = new TreeMap<>();
        records.stream().limit(MOST_RECORDS).forEach(record -> fields.take("$", record, there, 0));
        fields.all.replaceAll((path, field) -> new Field(
                field.parent(),
                field.types(),
                there.getOrDefault(path, 0) >= fields.objects.getOrDefault(field.parent(), 0)));
        return fields;
    }

    private void take(String path, JsonNode value, Map<String, Integer> there, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                take(path + "[*]", item, there, depth + 1);
            }
        } else if (value.isObject() && value.size() <= NAMES_ARE_DATA) {
            objects.merge(path, 1, Integer::sum);
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String at = path + "." + member.getKey();
                if (member.getKey().length() > LONGEST_NAME || (all.size() >= MOST_FIELDS && !all.containsKey(at))) {
                    continue;
                }
                there.merge(at, 1, Integer::sum);
                Set<String> types = all.computeIfAbsent(at, any -> new Field(path, new TreeSet<>(), true))
                        .types();
                if (!member.getValue().isNull()) {
                    types.add(type(member.getValue()));
                }
                take(at, member.getValue(), there, depth + 1);
            }
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "text";
        };
    }

    /**
     * What later records have otherwise, as sentences: a field that each one had is in none, or a value has a type that was not
     * seen. A new field is no difference, since who reads what was there goes on doing so.
     */
    List<String> against(Fields later) {
        List<String> differences = new ArrayList<>();
        all.forEach((path, field) -> {
            Field now = later.all.get(path);
            if (now == null) {
                if (field.always() && later.objects.containsKey(field.parent())) {
                    differences.add(path + " is gone, which was in each record before");
                }
                return;
            }
            Set<String> types = new TreeSet<>(now.types());
            types.removeAll(field.types());
            if (!field.types().isEmpty() && !types.isEmpty()) {
                differences.add(path + " is " + String.join(" or ", types) + ", and was "
                        + String.join(" or ", field.types()) + " before");
            }
        });
        return differences;
    }

    /** These fields and those that are new; what later records have otherwise stays as it was. */
    Fields with(Fields later) {
        Fields both = new Fields();
        both.all.putAll(all);
        later.all.forEach((path, now) -> {
            Field field = all.get(path);
            if (field != null) {
                both.all.put(
                        path,
                        new Field(
                                field.parent(),
                                field.types().isEmpty() ? now.types() : field.types(),
                                field.always() && now.always()));
            } else if (both.all.size() < MOST_FIELDS) {
                // Objects of this kind came before without it, unless the kind is new, too.
                boolean known =
                        all.values().stream().anyMatch(one -> one.parent().equals(now.parent()));
                both.all.put(path, new Field(now.parent(), now.types(), now.always() && !known));
            }
        });
        return both;
    }

    /** The form in which it is kept. */
    String text() {
        ObjectNode text = Json.NODES.objectNode();
        all.forEach((path, field) -> {
            ObjectNode one = text.putObject(path).put("in", field.parent()).put("always", field.always());
            field.types().forEach(one.putArray("types")::add);
        });
        return text.toString();
    }

    /** What was kept. */
    static Fields read(JsonNode text) {
        Fields fields = new Fields();
        text.properties().forEach(one -> {
            Set<String> types = new TreeSet<>();
            one.getValue().path("types").forEach(type -> types.add(type.asText()));
            fields.all.put(
                    one.getKey(),
                    new Field(
                            one.getValue().path("in").asText(),
                            types,
                            one.getValue().path("always").asBoolean()));
        });
        return fields;
    }
}
