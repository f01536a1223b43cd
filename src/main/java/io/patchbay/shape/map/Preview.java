package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a map makes of a sample, and how.
 *
 * @param shape the map's id
 * @param language of a map that is an expression, which has no fields to show; null for one of fields
 * @param result what would go on: a list, one record, or null when nothing would
 * @param records what became of each record, {@link Sample#MOST} of them at most
 * @param more how many records of the sample were not looked at
 */
public record Preview(
        String shape, @Nullable String language, @Nullable JsonNode result, List<Mapped> records, long more) {

    public Preview {
        records = List.copyOf(records);
    }

    /** Whether nothing failed. */
    public boolean good() {
        return records.stream().allMatch(one -> one.failure() == null);
    }

    /**
     * One record.
     *
     * @param number of the record in the sample that it is made of, from 1
     * @param result what became of it; null when it failed
     * @param failure why, or null
     * @param fields what each field did, in their order; what comes behind a failure is not there
     */
    public record Mapped(
            long number,
            @Nullable JsonNode result,
            @Nullable Failure failure,
            List<FieldTrace> fields) {
        public Mapped {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Why a record failed.
     *
     * @param code for programs
     * @param message for people
     * @param at the field, function or setting that failed
     * @param function the function that failed, or null
     */
    public record Failure(
            String code,
            String message,
            Location at,
            @Nullable String function) {}

    /** What became of a field. */
    public enum Outcome {
        /** It wrote something. */
        WRITTEN,
        /** It came to nothing, so that there is nothing at its target. */
        NOTHING,
        /** Its condition does not hold. */
        SKIPPED,
        /** It failed. */
        FAILED
    }

    /**
     * One field of one record.
     *
     * @param to its targets
     * @param at where it is written
     * @param outcome what became of it
     * @param values the first values that passed it: one, or one for each item that was lined up
     * @param more how many values are not shown
     * @param failure why it failed; null when it did not
     */
    public record FieldTrace(
            String to,
            Location at,
            Outcome outcome,
            List<ValueTrace> values,
            int more,
            @Nullable Failure failure) {
        public FieldTrace {
            values = List.copyOf(values);
        }
    }

    /**
     * One value on its way through a field.
     *
     * @param in what the source gave; null when it led nowhere
     * @param steps what each function made of it
     */
    public record ValueTrace(@Nullable JsonNode in, List<StepTrace> steps) {
        public ValueTrace {
            steps = List.copyOf(steps);
        }

        /** What was written; null for nothing. */
        public @Nullable JsonNode out() {
            return steps.isEmpty() ? in : steps.get(steps.size() - 1).out();
        }
    }

    /**
     * What a function made of a value.
     *
     * @param function its name
     * @param out null for nothing
     */
    public record StepTrace(String function, @Nullable JsonNode out) {}
}
