package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A function with its settings, ready to be applied. Immutable. */
@FunctionalInterface
public interface MapFunction {

    /**
     * The result for a value; missing leaves the target out.
     *
     * @param value not to be changed. Never missing or null unless the spec says what becomes of those, never a list unless the
     *     spec or {@link #takesLists} wants it whole: else the function is applied to each item
     * @param record the record that is mapped
     * @param scope reads the payload and the run
     * @throws FunctionException when the value is of a kind that the function cannot work on
     */
    JsonNode apply(JsonNode value, JsonNode record, Scope scope);

    /** What its settings read; {@code table} for a lookup table. */
    default Set<Ref> reads() {
        return Set.of();
    }

    /** The paths of the record that its settings read. */
    default List<FieldRef> fields() {
        return List.of();
    }

    /** The secret that it proves with; null for none. */
    default @Nullable String secret() {
        return null;
    }

    /** Whether its settings make it work on a list as a whole. */
    default boolean takesLists() {
        return false;
    }

    /** What it gives with these settings; null when that is what the spec says. */
    default @Nullable ValueKind gives() {
        return null;
    }

    /** Whether with these settings it gives whole numbers only. */
    default boolean givesWhole() {
        return false;
    }

    /** What it drops of every value with these settings, like {@code digits}; null when nothing. */
    default @Nullable String loses() {
        return null;
    }

    /** Adds a problem for what does not fit the lookup tables that there are; that a table is missing is told elsewhere. */
    default void check(Map<String, LookupTable> tables, Problems problems) {}

    /** What must not have been dropped before it, in the words of {@link #loses}; null when nothing. */
    default @Nullable String needs() {
        return null;
    }
}
