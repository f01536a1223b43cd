package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a node, and which of them were understood: what nobody asked for is told. Names are compared without regard to case and
 * to what stands between words, because exports of different ages write them differently.
 */
final class Fields {

    private final JsonNode source;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    Fields(JsonNode source) {
        this.source = source;
        source.fieldNames().forEachRemaining(name -> names.putIfAbsent(plain(name), name));
    }

    static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    JsonNode source() {
        return source;
    }

    /** The value of the first name that is there; missing when none is. A null counts as there and says nothing. */
    JsonNode get(String... wanted) {
        for (String one : wanted) {
            String name = names.get(plain(one));
            if (name != null) {
                taken.add(name);
                JsonNode value = source.get(name);
                if (!value.isNull()) {
                    return value;
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** As text; empty when there is none, or it is no single value. */
    String text(String... wanted) {
        JsonNode value = get(wanted);
        return value.isValueNode() ? value.asText() : "";
    }

    boolean flag(boolean otherwise, String... wanted) {
        JsonNode value = get(wanted);
        return value.isMissingNode()
                ? otherwise
                : value.isTextual()
                        ? Set.of("true", "1", "yes", "on")
                                .contains(value.asText().toLowerCase(Locale.ROOT))
                        : value.asBoolean(otherwise);
    }

    /** A whole number within bounds, or what stands in where there is none. */
    int whole(int otherwise, int most, String... wanted) {
        JsonNode value = get(wanted);
        String text = value.isValueNode() ? value.asText().strip() : "";
        if (!text.matches("[0-9]{1,9}")) {
            return otherwise;
        }
        return Math.min(Integer.parseInt(text), most);
    }

    Fields in(String... wanted) {
        return new Fields(get(wanted));
    }

    /** Names that matter to nobody who runs a flow. */
    void pass(String... unimportant) {
        for (String one : unimportant) {
            get(one);
        }
    }

    /** Whatever nobody asked for so far: the node is told of as a whole. */
    void passRest() {
        taken.addAll(names.values());
    }

    /** Names with a value that nobody asked for. */
    List<String> left() {
        List<String> left = new ArrayList<>();
        source.properties().forEach(one -> {
            JsonNode value = one.getValue();
            boolean says = !(value.isNull()
                    || (value.isContainerNode() && value.isEmpty())
                    || (value.isTextual() && value.textValue().isBlank())
                    || (value.isBoolean() && !value.booleanValue()));
            if (says && !taken.contains(one.getKey())) {
                left.add(one.getKey());
            }
        });
        return left;
    }
}
