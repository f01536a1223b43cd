package io.patchbay.shape.script;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts.Given;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Returned;
import io.patchbay.shape.ScriptCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A script that is called with one record after the other. The guest goes through the list, so that a page costs one call. A
 * record of a list that fails leaves its payload; where another try may mend it, the whole payload is tried again.
 */
record ScriptPerRecord(ScriptCall call) implements Plan.PayloadWork {

    @Override
    public @Nullable Payload apply(Payload payload, Attempt attempt) throws StepException {
        if (payload.body() instanceof Body.Stored stored) {
            call.refuseIfLarger(stored.size());
        }
        Payload parsed = payload.parsed();
        List<JsonNode> records = parsed.records();
        if (records.isEmpty()) {
            return payload;
        }
        List<Given> given = call.each(payload, records, attempt).values();
        Progress progress = new Progress(parsed, attempt.scope(parsed, null));
        Numbering numbers = Numbering.of(parsed);
        List<Integer> failed = new ArrayList<>();
        List<StepException> why = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            try {
                numbers.took(i, progress.add(records.get(i), returned(given.get(i), attempt)) ? 1 : 0);
            } catch (StepException e) {
                if (e.retryable() || !parsed.recordPath().each()) {
                    throw e;
                }
                failed.add(i);
                why.add(e);
            }
        }
        // Told at the end: a payload that is tried again must not have left records behind.
        for (int i = 0; i < failed.size(); i++) {
            int index = failed.get(i);
            attempt.failRecord(parsed, index, records.get(index), numbered(why.get(i), index));
        }
        progress.variables.forEach(attempt::setVariable);
        return progress.left.isEmpty() && !failed.isEmpty()
                ? null
                : numbers.in(progress.payload.withRecords(progress.left));
    }

    private Returned returned(Given given, Attempt attempt) throws StepException {
        ScriptException failure = given.failure();
        if (failure != null) {
            throw ScriptCall.failure(failure);
        }
        return Returned.of(Objects.requireNonNull(given.value()), call, attempt);
    }

    private static StepException numbered(StepException e, int index) {
        return new StepException(e.owner(), e.code(), "record " + (index + 1) + ": " + e.getMessage(), e.getCause());
    }

    /** What has become of the payload, from record to record. */
    private static final class Progress {
        private final List<JsonNode> left = new ArrayList<>();
        private final Map<String, JsonNode> variables = new LinkedHashMap<>();
        private final Scope scope;
        private Payload payload;

        Progress(Payload payload, Scope scope) {
            this.payload = payload;
            this.scope = scope;
        }

        /** Whether the record goes on. */
        boolean add(JsonNode record, Returned returned) throws StepException {
            Payload told = returned.meta(payload);
            Map<String, JsonNode> changed = returned.variables(
                    name -> variables.containsKey(name) ? variables.get(name) : scope.named("flow", name));
            JsonNode content = returned.hasPayload() ? returned.payload() : record;
            if (content.isMissingNode()) {
                throw new StepException(Owner.AUTHOR, "SCRIPT_RESULT", "the script returned no record");
            }
            if (!content.isNull()) {
                left.add(content);
            }
            payload = told;
            variables.putAll(changed);
            return !content.isNull();
        }
    }
}
