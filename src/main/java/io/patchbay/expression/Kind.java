package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Durations;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What both sides of a comparison are read as. */
enum Kind {
    TEXT("text") {
        @Override
        @Nullable
        Comparable<?> read(JsonNode value, Instant queuedAt) {
            return value.isContainerNode() ? null : Values.text(value);
        }
    },
    NUMBER("a number") {
        @Override
        @Nullable
        Comparable<?> read(JsonNode value, Instant queuedAt) {
            return Values.number(value);
        }
    },
    DATE("a date") {
        @Override
        @Nullable
        Comparable<?> read(JsonNode value, Instant queuedAt) {
            if (!value.isTextual()) {
                return null;
            }
            String text = value.textValue();
            if (!RELATIVE.matcher(text).matches()) {
                return Instants.parse(text);
            }
            var shift = Durations.parse(text.substring(1));
            return text.startsWith("-") ? queuedAt.minus(shift) : queuedAt.plus(shift);
        }
    },
    BOOLEAN("true or false") {
        @Override
        @Nullable
        Comparable<?> read(JsonNode value, Instant queuedAt) {
            if (value.isBoolean()) {
                return value.booleanValue();
            }
            return switch (value.isContainerNode() ? "" : Values.text(value).toLowerCase(Locale.ROOT)) {
                case "true", "1" -> true;
                case "false", "0" -> false;
                default -> null;
            };
        }
    };

    private static final Pattern RELATIVE = Pattern.compile("[-+][0-9]{1,9}(ms|s|m|h|d)");

    private final String name;

    Kind(String name) {
        this.name = name;
    }

    /** The value as this kind (numbers are compared by {@code compareTo}, so 1.0 is 1); null when it is not one. */
    abstract @Nullable Comparable<?> read(JsonNode value, Instant queuedAt);

    /** For messages. */
    String inWords() {
        return name;
    }
}
