package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one shape uses an endpoint. It goes along with each call as the exchange property {@link #PROPERTY}; a call without it
 * takes the constants of its URI.
 *
 * @param with values for the endpoint's inputs
 * @param output what the shape leaves
 * @param perRecord whether the endpoint is called for each record: {@code with} reads the record
 * @param match how one call answers for many records; null when it does not
 * @param growing how a list that grows is read
 * @param judge judges the answers in place of the endpoint's own code; null for none
 * @param skips whether the run goes on without a record that cannot be read
 */
public record Use(
        Map<String, TemplateTree> with,
        Output output,
        boolean perRecord,
        @Nullable Match match,
        Growing growing,
        @Nullable Judge judge,
        boolean skips) {

    /** Name of the exchange property that carries a use. */
    public static final String PROPERTY = "patchbay.use";

    /** Name of the exchange property that carries values for inputs as a {@code Map<String, JsonNode>}. */
    public static final String WITH = "patchbay.with";

    public Use {
        with = Map.copyOf(with);
    }

    /** A use whose answers nobody judges. */
    public Use(
            Map<String, TemplateTree> with, Output output, boolean perRecord, @Nullable Match match, Growing growing) {
        this(with, output, perRecord, match, growing, null, false);
    }

    /** A use that matches nothing and reads lists as the connector says. */
    public Use(Map<String, TemplateTree> with, Output output, boolean perRecord) {
        this(with, output, perRecord, null, Growing.AS_DECLARED);
    }

    /**
     * One call for a payload's records: their values are asked for as one list, and each record of the answer is matched to the
     * records that asked for it.
     *
     * @param input that takes the list; its template under {@code with} reads the record
     * @param record where a record has what its matches have too
     * @param answer where a record of the answer has that
     * @param many whether a record gets the list of its matches, in place of the first
     */
    public record Match(String input, SourcePath record, SourcePath answer, boolean many) {}

    /** What a shape leaves. */
    public sealed interface Output {}

    /** What the system answered. */
    public record Response() implements Output {}

    /** What came in, unchanged. */
    public record Input() implements Output {}

    /** What came in; each record with the answer under this name. */
    public record Into(String name) implements Output {}

    /** What came in; each record with what is joined into it. */
    public record Joined(Join join) implements Output {}

    /** A use that reads nothing. */
    public static Use plain() {
        return new Use(Map.of(), new Response(), false);
    }

    /** What judges the answers of an attempt; null for nothing. */
    public Judge.@Nullable Bound judging(@Nullable Attempt attempt) {
        return judge == null || attempt == null ? null : new Judge.Bound(judge, attempt);
    }

    /** Whether it reads nothing of the payload or run. */
    public boolean constant() {
        return with.values().stream().allMatch(TemplateTree::constant);
    }

    /** The values for one call. @throws StepException when a placeholder has no value */
    public Map<String, JsonNode> values(@Nullable Attempt attempt, Payload payload, @Nullable JsonNode record)
            throws StepException {
        if (with.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        try {
            Scope scope = attempt == null ? null : attempt.scope(payload, record);
            for (Map.Entry<String, TemplateTree> entry : with.entrySet()) {
                if (match != null && match.input().equals(entry.getKey())) {
                    continue; // its values are gathered from all records
                }
                TemplateTree template = entry.getValue();
                values.put(
                        entry.getKey(),
                        scope == null || template.constant() ? template.constantValue() : template.value(scope));
            }
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        return values;
    }
}
