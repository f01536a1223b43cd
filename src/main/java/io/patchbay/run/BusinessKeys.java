package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a payload are about: numbers of orders, say.
 *
 * @param values each once, in the order of the records
 * @param whole whether each record has one of them
 */
public record BusinessKeys(List<String> values, boolean whole) {

    /** Nothing is known. */
    public static final BusinessKeys NONE = new BusinessKeys(List.of(), false);

    /** Most values of one payload. */
    static final int MOST = 1_000;

    /** Most characters of a value; a longer one is not taken for one. */
    static final int LONGEST = 255;

    public BusinessKeys {
        values = List.copyOf(values);
    }

    /**
     * Of the records of a payload; {@link #NONE} when it is no JSON.
     *
     * @param paths the first that leads to a value counts
     * @param scopes where the paths read, for a record
     */
    static BusinessKeys of(List<SourcePath> paths, Payload payload, Function<JsonNode, Scope> scopes) {
        if (paths.isEmpty()) {
            return NONE;
        }
        Set<String> values = new LinkedHashSet<>();
        boolean whole = true;
        try {
            for (JsonNode record : payload.parsed().records()) {
                String value = of(paths, record, scopes.apply(record));
                if (value == null || (values.size() == MOST && !values.contains(value))) {
                    whole = false;
                } else {
                    values.add(value);
                }
            }
        } catch (StepException e) {
            return NONE;
        }
        return new BusinessKeys(List.copyOf(values), whole && !values.isEmpty());
    }

    /** Of one record; null when it has none. */
    static @Nullable String of(List<SourcePath> paths, JsonNode record, Scope scope) {
        for (SourcePath path : paths) {
            String text = text(path, record, scope);
            if (!text.isEmpty()) {
                return text.length() > LONGEST ? null : text;
            }
        }
        return null;
    }

    private static String text(SourcePath path, JsonNode record, Scope scope) {
        try {
            JsonNode found = path.find(record, scope);
            // No database keeps a character of code 0 in a text.
            return found.isContainerNode() ? "" : Values.text(found).replace('\0', '\uFFFD');
        } catch (ExpressionException e) {
            return "";
        }
    }
}
