package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
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
