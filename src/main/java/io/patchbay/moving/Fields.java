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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node, and which of them were understood: what nobody asked for is told. Names are compared without regard to case and
 * to what stands between words, because exports of different ages write them differently.
 */
final class Fields {

    private final JsonNode source;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> taken;
    private final @Nullable Consumer<JsonNode> passed;

    Fields(JsonNode source) {
        this(source, new HashSet<>(), null);
    }

    /**
     * Settings of which somebody else keeps in mind what was understood. Here a value of another form than was asked for counts as not understood.
     *
     * @param taken names that were understood, which is added to
     * @param passed is told each value that matters to nobody, with all that is in it
     */
    Fields(JsonNode source, Set<String> taken, @Nullable Consumer<JsonNode> passed) {
        this.source = source;
        this.taken = taken;
        this.passed = passed;
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
        JsonNode value = passed == null ? get(wanted) : first(JsonNode::isValueNode, wanted);
        return value.isValueNode() ? value.asText() : "";
    }

    /** The value of the first name that is there and has such a form. One of another form stays untaken, so that it is told. */
    private JsonNode first(Predicate<JsonNode> form, String... wanted) {
        for (String one : wanted) {
            String name = names.get(plain(one));
            JsonNode value = name == null ? MissingNode.getInstance() : source.get(name);
            if (name != null && !value.isNull() && form.test(value)) {
                taken.add(name);
                return value;
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean isFlag(JsonNode value) {
        return value.isBoolean()
                || (value.isValueNode()
                        && Set.of("true", "1", "yes", "on", "false", "0", "no", "off")
                                .contains(value.asText().toLowerCase(Locale.ROOT)));
    }

    /** Whether one of these names is there with a value. It is not taken by that. */
    boolean has(String... wanted) {
        for (String one : wanted) {
            String name = names.get(plain(one));
            if (name != null && !source.get(name).isNull()) {
                return true;
            }
        }
        return false;
    }

    /** Under which of these names, as the file writes it, something stands; the first where none does. */
    String key(String... wanted) {
        for (String one : wanted) {
            String name = names.get(plain(one));
            if (name != null && !source.get(name).isNull()) {
                return name;
            }
        }
        return wanted[0];
    }

    boolean flag(boolean otherwise, String... wanted) {
        JsonNode value = passed == null ? get(wanted) : first(Fields::isFlag, wanted);
        return value.isMissingNode()
                ? otherwise
                : value.isTextual()
                        ? Set.of("true", "1", "yes", "on")
                                .contains(value.asText().toLowerCase(Locale.ROOT))
                        : value.asBoolean(otherwise);
    }

    /** A whole number within bounds, or what stands in where there is none. */
    int whole(int otherwise, int most, String... wanted) {
        JsonNode value = passed == null
                ? get(wanted)
                : first(one -> one.isValueNode() && one.asText().strip().matches("[0-9]{1,9}"), wanted);
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
            JsonNode value = get(one);
            if (passed != null) {
                passed.accept(value);
            }
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
