package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Durations;
import io.patchbay.connector.definition.ValueType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks values against the declared type and choices of a setting or an input. */
public final class Literal {

    private Literal() {}

    /** What is wrong with a value, quoted, or nothing. A null value is fine: it is not given. */
    public static Optional<String> check(
            @Nullable JsonNode value, ValueType type, @Nullable List<JsonNode> choices, String name) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!fits(value, type)) {
            String wanted = type.name().toLowerCase(Locale.ROOT);
            return Optional.of("'" + name + "' must be of type " + wanted + ", found '" + shown(value) + "'");
        }
        if (choices != null && !choices.contains(value)) {
            String all = String.join(", ", choices.stream().map(Literal::shown).toList());
            return Optional.of("'" + name + "' must be one of " + all + ", found '" + shown(value) + "'");
        }
        return Optional.empty();
    }

    /** How to mend a value that {@link #check} refuses; null when its sentence says it all. */
    static @Nullable String hint(@Nullable JsonNode value, ValueType type) {
        if (value == null || value.isNull() || fits(value, type)) {
            return null;
        }
        boolean number = value.isTextual() && value.textValue().matches("-?[0-9]+(\\.[0-9]+)?");
        return switch (type) {
            case INTEGER -> number ? "write it without quotes" : "write a whole number, like 22";
            case NUMBER -> number ? "write it without quotes" : "write a number, like 22 or 0.5";
            case BOOLEAN -> "write true or false, without quotes";
            case STRING, PATH -> value.isValueNode() ? "put it in quotes" : "write a text";
            case INSTANT -> "write a time like 2026-01-31T00:00:00Z, or how long ago, like -2h";
            case ARRAY -> "write the items in brackets, like [one, two]";
            case OBJECT -> "write its members in braces, like {name: value}";
            case ANY -> null;
        };
    }

    private static boolean fits(JsonNode value, ValueType type) {
        return switch (type) {
            case STRING, PATH -> value.isTextual();
            case INTEGER -> value.isIntegralNumber();
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case INSTANT ->
                value.isTextual() && instant(value.textValue(), Instant.EPOCH).isPresent();
            case ARRAY -> value.isArray();
            case OBJECT -> value.isObject();
            case ANY -> true;
        };
    }

    private static String shown(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** An instant in ISO 8601, or a distance like {@code -2h} from now. */
    public static Optional<Instant> instant(String text, Instant now) {
        try {
            if (text.startsWith("-") || text.startsWith("+")) {
                var distance = Durations.parse(text.substring(1));
                return Optional.of(text.startsWith("-") ? now.minus(distance) : now.plus(distance));
            }
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
