package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value that a connection shape may pass to an endpoint. */
@Doc("One value that a connection shape may pass in")
public record InputConfig(
        @Doc("Kind of value") @Default("string") ValueType type,

        @Doc("What it is for") @Nullable String description,

        @Doc("Value when none is passed") @Key("default") @Nullable
        JsonNode fallback,

        @Doc("The values that are allowed") @Key("enum") @Nullable
        List<JsonNode> choices,

        @Doc("Whether it must be passed; by default when there is no default value") @Nullable
        Boolean required,

        @Doc("A value that would do") @Nullable JsonNode example,

        @Doc("Kind of value of the items of a list") @Nullable
        ItemType items,

        @Doc("Most items of a list; match asks for more values in several calls")
        @Nullable
        @Range(min = 1, max = 10_000)
        Integer maxItems,

        @Doc(
                "What stands between the items where a list becomes text; an item that holds it is refused. By default a comma,"
                        + " and items are taken as they are")
        @Nullable
        String separator,

        @Doc("Whether a query parameter that is this list, and nothing else, is there once for each item")
        @Default("false")
        boolean repeat) {

    /** Most items of a list whose endpoint names no bound, where the runtime itself makes the list. */
    public static final int USUAL_ITEMS = 100;

    /** @throws IllegalArgumentException if keys do not fit together */
    public InputConfig {
        boolean ofLists = items != null || maxItems != null || separator != null || repeat;
        if (ofLists && type != ValueType.ARRAY) {
            throw new IllegalArgumentException(
                    "'items', 'maxItems', 'separator' and 'repeat' belong to lists: say type: array");
        }
        if (separator != null && (separator.isEmpty() || repeat)) {
            throw new IllegalArgumentException(
                    repeat ? "give 'separator' or 'repeat', not both" : "'separator' is empty");
        }
    }

    /** Whether it is a list where the connector's file reads it. */
    public boolean isList() {
        return type == ValueType.ARRAY && (separator == null || separator.equals(","));
    }

    /** Whether it must be passed. */
    public boolean mandatory() {
        return required == null ? fallback == null : required;
    }
}
