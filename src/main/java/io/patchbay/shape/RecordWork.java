package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work on each record of a payload. In a list, a record on which the work fails leaves the payload and is a failed payload
 * of its own, and the others go on; a payload that is one record fails as a whole. A failure that another try may mend fails
 * the whole payload, so that the step tries it again.
 */
public final class RecordWork implements Plan.PayloadWork {

    private final Each each;
    private final After after;

    /** Work on each record, and what becomes of the payload after it. */
    public RecordWork(Each each, After after) {
        this.each = each;
        this.after = after;
    }

    /** Work on one record. */
    public interface Each {
        /**
         * The record that goes on (the same one, or another), or null when it is dropped.
         *
         * @param record not to be changed
         * @param scope reads the record, its payload and the run
         */
        @Nullable
        JsonNode apply(JsonNode record, Scope scope) throws StepException;
    }

    /** Puts the records that are left into a payload. */
    public interface After {
        /**
         * The payload that goes on, or null.
         *
         * @param payload as it came in, parsed
         * @param records what is left
         * @param same whether nothing was dropped, failed or changed
         */
        @Nullable
        Payload apply(Payload payload, List<JsonNode> records, boolean same) throws StepException;
    }

    @Override
    public @Nullable Payload apply(Payload payload, Attempt attempt) throws StepException {
        Payload parsed = payload.parsed();
        List<JsonNode> records = parsed.records();
        List<JsonNode> left = new ArrayList<>(records.size());
        BitSet kept = new BitSet();
        boolean numbered = SourceRecords.areIn(parsed);
        boolean same = true;
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = records.get(i);
            try {
                JsonNode result = apply(record, attempt.scope(parsed, record));
                same &= isSame(result, record);
                if (result != null) {
                    left.add(result);
                    kept.set(i);
                }
            } catch (StepException e) {
                if (e.retryable() || !parsed.recordPath().each()) {
                    throw e;
                }
                same = false;
                attempt.failRecord(parsed, i, record, numbered(e, i));
            }
        }
        Payload result = after.apply(parsed, left, same);
        return result == null || !numbered ? result : SourceRecords.kept(parsed, records.size(), kept, result);
    }

    private @Nullable JsonNode apply(JsonNode record, Scope scope) throws StepException {
        try {
            return each.apply(record, scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    @SuppressWarnings(
            "ReferenceEquality") // an equal record that was built anew would be a fair answer too, but costs a walk
    private static boolean isSame(@Nullable JsonNode result, JsonNode record) {
        return result == record;
    }

    /** People count from 1. */
    private static StepException numbered(StepException e, int index) {
        return new StepException(e.owner(), e.code(), "record " + (index + 1) + ": " + e.getMessage(), e.getCause());
    }
}
