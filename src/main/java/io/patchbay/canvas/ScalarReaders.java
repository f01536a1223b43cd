package io.patchbay.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.DidYouMean;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Readers of the plain types that every file uses. */
final class ScalarReaders {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final Map<Class<?>, ValueReader<?>> ALL = all();

    private ScalarReaders() {}

    private static Map<Class<?>, ValueReader<?>> all() {
        Map<Class<?>, ValueReader<?>> all = new LinkedHashMap<>();
        all.put(String.class, of((node, reading) -> reading.text(node, "this value"), () -> type("string")));
        for (Class<?> type : List.of(int.class, Integer.class)) {
            all.put(type, number(value -> value instanceof Long whole ? Math.toIntExact(whole) : null));
        }
        for (Class<?> type : List.of(long.class, Long.class)) {
            all.put(type, number(value -> value instanceof Long whole ? whole : null));
        }
        all.put(BigDecimal.class, of(ScalarReaders::decimal, () -> type("number")));
        for (Class<?> type : List.of(boolean.class, Boolean.class)) {
            all.put(type, of(ScalarReaders::bool, () -> type("boolean")));
        }
        all.put(
                Duration.class,
                parsed("a duration like 30s, 5m, 2h or 7d", Durations::parse, Durations::hint, Durations.PATTERN));
        all.put(
                Instant.class,
                parsed(
                        "a time like 2026-03-01T12:00:00Z",
                        Instant::parse,
                        text -> null,
                        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*Z$"));
        all.put(
                Charset.class,
                parsed(
                        "a character set like UTF-8 or ISO-8859-1",
                        Charset::forName,
                        text -> null,
                        "^[A-Za-z0-9][A-Za-z0-9+.:_-]*$"));
        all.put(
                DataSize.class,
                parsed(
                        "a size like 64KB or 10MB",
                        ScalarReaders::size,
                        ScalarReaders::sizeHint,
                        "^[0-9]+(B|KB|MB|GB)$"));
        all.put(JsonNode.class, of((node, reading) -> json(node), JSON::objectNode));
        return Map.copyOf(all);
    }

    /** Any node as a JSON value. */
    static JsonNode json(Node node) {
        if (node instanceof MapNode map) {
            ObjectNode object = JSON.objectNode();
            map.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
            return object;
        }
        if (node instanceof ListNode list) {
            var array = JSON.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        return scalar(((ScalarNode) node).value());
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof Boolean bool) {
            return JSON.booleanNode(bool);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        return value instanceof BigDecimal decimal ? JSON.numberNode(decimal) : JSON.textNode(value.toString());
    }

    /** An enum constant written in camelCase, or null with a problem. */
    static @Nullable Object constant(Node node, Class<?> type, Reading reading) {
        String text = reading.text(node, "this value");
        if (text == null) {
            return null;
        }
        for (Object constant : type.getEnumConstants()) {
            if (name((Enum<?>) constant).equals(text)) {
                if (notYet((Enum<?>) constant)) {
                    reading.error(node, "NOT_THERE_YET", "'" + text + "' is not there yet in this version", null);
                    return null;
                }
                return constant;
            }
        }
        List<String> names = ready(type);
        String what = "'" + text + "' is not one of " + String.join(", ", names);
        reading.error(
                node,
                "BAD_VALUE",
                what,
                DidYouMean.nearest(text, names)
                        .map(n -> "did you mean '" + n + "'?")
                        .orElse(null));
        return null;
    }

    /** The names of the constants that can be given. */
    static List<String> ready(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> !notYet((Enum<?>) constant))
                .map(constant -> name((Enum<?>) constant))
                .toList();
    }

    private static boolean notYet(Enum<?> constant) {
        return field(constant).isAnnotationPresent(NotYet.class);
    }

    private static Field field(Enum<?> constant) {
        try {
            return constant.getDeclaringClass().getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("enum constant without a field: " + constant, e);
        }
    }

    /** {@code IS_NOT} is written {@code isNot}, unless a {@link Key} names it. */
    static String name(Enum<?> constant) {
        Key key = field(constant).getAnnotation(Key.class);
        if (key != null) {
            return key.value();
        }
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    private static DataSize size(String text) {
        return DataSize.parse(text);
    }

    private static @Nullable String sizeHint(String text) {
        return "write a whole number and B, KB, MB or GB without a blank between, like "
                + (text.matches("[0-9]+") ? text + "B" : "10MB");
    }

    private static @Nullable BigDecimal decimal(Node node, Reading reading) {
        Object value = node instanceof ScalarNode scalar ? scalar.value() : null;
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        reading.error(node, "WRONG_TYPE", "a number is expected here, found " + reading.found(node), null);
        return null;
    }

    private static @Nullable Boolean bool(Node node, Reading reading) {
        if (node instanceof ScalarNode scalar && scalar.value() instanceof Boolean bool) {
            return bool;
        }
        reading.error(
                node, "WRONG_TYPE", "true or false is expected here, found " + reading.found(node), boolHint(node));
        return null;
    }

    /** YAML 1.2 knows true and false only; {@code yes} is a text. */
    private static @Nullable String boolHint(Node node) {
        String word = node instanceof ScalarNode scalar ? scalar.text().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "true", "yes", "y", "on", "1" -> "write true, without quotes";
            case "false", "no", "n", "off", "0" -> "write false, without quotes";
            default -> null;
        };
    }

    private static <T> ValueReader<T> number(Function<Object, @Nullable T> whole) {
        return of(
                (node, reading) -> {
                    Object value = node instanceof ScalarNode scalar ? scalar.value() : null;
                    try {
                        T number = value == null ? null : whole.apply(value);
                        if (number != null) {
                            return number;
                        }
                    } catch (ArithmeticException e) {
                        reading.error(node, "OUT_OF_RANGE", "'" + value + "' is too large", null);
                        return null;
                    }
                    reading.error(
                            node, "WRONG_TYPE", "a whole number is expected here, found " + reading.found(node), null);
                    return null;
                },
                () -> type("integer"));
    }

    private static <T> ValueReader<T> parsed(
            String expected, Function<String, T> parse, Function<String, @Nullable String> hint, String pattern) {
        return of(
                (node, reading) -> {
                    String text = reading.text(node, "this value");
                    if (text == null) {
                        return null;
                    }
                    try {
                        return parse.apply(text);
                    } catch (IllegalArgumentException e) {
                        reading.error(node, "BAD_VALUE", "'" + text + "' is not " + expected, hint.apply(text));
                        return null;
                    }
                },
                () -> type("string").put("pattern", pattern));
    }

    private static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }

    private static <T> ValueReader<T> of(
            BiFunction<Node, Reading, @Nullable T> read, java.util.function.Supplier<ObjectNode> schema) {
        return new ValueReader<>() {
            @Override
            public @Nullable T read(Node node, Reading reading) {
                return read.apply(node, reading);
            }

            @Override
            public ObjectNode schema(Schemas schemas) {
                return schema.get();
            }
        };
    }
}
