package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.Range;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One setting of an instance, in JSON Schema's words. */
@Doc("One setting of an instance")
public record PropertyConfig(
        @Doc("Kind of value") @Default("string") SettingType type,

        @Doc("What people call it") @Nullable String title,

        @Doc("What it is for and where to find it") @Nullable
        String description,

        @Doc("Regular expression that the whole value matches (RE2)") @Nullable
        String pattern,

        @Doc("Smallest value of a number") @Nullable BigDecimal minimum,

        @Doc("Greatest value of a number") @Nullable BigDecimal maximum,

        @Doc("Fewest characters of a text") @Nullable @Range(min = 0, max = 100_000)
        Integer minLength,

        @Doc("Most characters of a text") @Nullable @Range(min = 0, max = 100_000)
        Integer maxLength,

        @Doc("What a text is, as JSON Schema names it") @Nullable
        Format format,

        @Doc("Shown before the field") @Nullable String prefix,

        @Doc("Shown behind the field") @Nullable String suffix,

        @Doc("A value that would do") @Nullable JsonNode example,

        @Doc("Place in the form, from 1") @Nullable Integer order,

        @Doc("Value when an instance gives none") @Key("default") @Nullable
        JsonNode fallback,

        @Doc("The values that are allowed") @Key("enum") @Nullable
        List<JsonNode> choices,

        @Doc("Whether an instance must give it; by default when there is no default value") @Nullable
        Boolean required) {

    /** Whether an instance must give it. */
    public boolean mandatory() {
        return required == null ? fallback == null : required;
    }

    /** Formats of text that are checked; for a point in time there is the type {@code instant}. */
    public enum Format {
        /** RFC 3986, with its scheme. */
        URI("a URI with its scheme, like https://example.com"),
        /** RFC 5322, the address alone. */
        EMAIL("a mail address, like someone@example.com"),
        /** ISO 8601. */
        DATE("a date, like 2026-01-31"),
        /** RFC 1123. */
        HOSTNAME("the name of a host, like shop.example.com"),
        /** RFC 9562. */
        UUID("a UUID, like 0190163d-8694-739b-aea5-966c26f8ad91");

        private final String what;

        Format(String what) {
            this.what = what;
        }

        /** For messages. */
        public String what() {
            return what;
        }
    }

    /** Kinds of settings: a setting is one value. */
    public enum SettingType {
        /** Text. */
        STRING(ValueType.STRING),
        /** A whole number. */
        INTEGER(ValueType.INTEGER),
        /** Any number. */
        NUMBER(ValueType.NUMBER),
        /** True or false. */
        BOOLEAN(ValueType.BOOLEAN),
        /** A point in time, ISO 8601. */
        INSTANT(ValueType.INSTANT);

        private final ValueType value;

        SettingType(ValueType value) {
            this.value = value;
        }

        /** The same among all kinds of values. */
        public ValueType value() {
            return value;
        }
    }
}
