package io.patchbay.shape.dedupe;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells known records of a payload from new ones, with one question about all of them. */
final class Telling implements Plan.PayloadWork {

    private final DeDupeSettings settings;
    private final Surroundings around;
    private final Duration keep;

    Telling(DeDupeSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        this.keep = Stores.of(around).pool(settings.pool()).keep();
    }

    @Override
    public @Nullable Payload apply(Payload payload, Attempt attempt) throws StepException {
        Payload parsed = payload.parsed();
        List<JsonNode> records = parsed.records();
        boolean[] goesOn = new boolean[records.size()];
        List<Pools.Key> keys = new ArrayList<>(records.size());
        List<Integer> places = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            try {
                String key = key(records.get(i), parsed, attempt);
                goesOn[i] = true;
                if (key != null) {
                    String mark = records.size() == 1 ? Marks.alone(parsed.lineage()) : Marks.of(parsed.lineage(), i);
                    keys.add(new Pools.Key(key, mark));
                    places.add(i);
                }
            } catch (StepException e) {
                fail(parsed, i, records.get(i), e, attempt);
            }
        }
        List<Pools.Answer> answers = answers(keys, attempt);
        Map<Pools.Answer, Integer> dropped = new EnumMap<>(Pools.Answer.class);
        for (int k = 0; k < answers.size(); k++) {
            Pools.Answer answer = answers.get(k);
            int i = places.get(k);
            goesOn[i] = answer == Pools.Answer.NEW;
            if (answer == Pools.Answer.CLAIMED && settings.whenClaimed() != DeDupeSettings.WhenClaimed.DROP) {
                claimed(parsed, i, records.get(i), attempt);
            } else if (answer != Pools.Answer.NEW) {
                dropped.merge(answer, 1, Integer::sum);
            }
        }
        tell(dropped, records.size(), attempt);
        return left(parsed, records, goesOn);
    }

    private @Nullable String key(JsonNode record, Payload payload, Attempt attempt) throws StepException {
        String key;
        try {
            key = settings.key().of(record, attempt.scope(payload, record));
        } catch (ExpressionException e) {
            if (settings.onMissing() == DeDupeSettings.OnMissing.KEEP) {
                return null;
            }
            throw StepException.of(e);
        }
        if (key == null && settings.onMissing() == DeDupeSettings.OnMissing.FAIL) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_KEY",
                    "there is no value at '" + settings.key()
                            + "' by which the record could be known; onMissing: keep lets such ones through");
        }
        if (key != null && key.length() > Pools.LONGEST_KEY) {
            throw new StepException(
                    Owner.LIMIT,
                    "KEY_TOO_LONG",
                    "the key has " + key.length() + " characters, more than " + Pools.LONGEST_KEY);
        }
        // No database keeps a character of code 0 in a text.
        return key == null ? null : key.replace('\0', '\uFFFD');
    }

    private static void fail(Payload payload, int index, JsonNode record, StepException why, Attempt attempt)
            throws StepException {
        if (!payload.recordPath().each()) {
            throw why;
        }
        attempt.failRecord(
                payload,
                index,
                record,
                new StepException(
                        why.owner(), why.code(), "record " + (index + 1) + ": " + why.getMessage(), why.getCause()));
    }

    private List<Pools.Answer> answers(List<Pools.Key> keys, Attempt attempt) throws StepException {
        if (keys.isEmpty()) {
            return List.of();
        }
        Pools pools = around.service(Pools.class);
        Pools.Asking asking = new Pools.Asking(
                settings.pool(), settings.entityName(), keep, attempt.runId(), attempt.life(), attempt.replays());
        try {
            return switch (settings.does()) {
                case FILTER -> pools.look(asking, keys);
                case FILTER_AND_TRACK -> pools.learn(asking, keys);
                case CLAIM -> pools.claim(asking, keys);
                case TRACK -> {
                    attempt.settle(pools.track(asking, keys));
                    yield List.of();
                }
            };
        } catch (IllegalStateException e) {
            throw new StepException(
                    Owner.INTERNAL,
                    "NO_POOL",
                    "the store does not say what is known in pool '" + settings.pool() + "'",
                    e,
                    true,
                    null);
        }
    }

    private void claimed(Payload payload, int index, JsonNode record, Attempt attempt) throws StepException {
        String what =
                "another run has claimed the key of the record in pool '" + settings.pool() + "' and has not ended";
        if (settings.whenClaimed() == DeDupeSettings.WhenClaimed.RETRY) {
            throw new StepException(Owner.REMOTE, "CLAIMED", what, null, true, null);
        }
        fail(payload, index, record, new StepException(Owner.REMOTE, "CLAIMED", what), attempt);
    }

    private void tell(Map<Pools.Answer, Integer> dropped, int of, Attempt attempt) {
        if (dropped.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        dropped.forEach((answer, count) -> parts.add(count + " "
                + switch (answer) {
                    case KNOWN -> "known in pool '" + settings.pool() + "'";
                    case REPEATED -> "repeated in this run";
                    case CLAIMED -> "claimed by another run, which sends it or keeps it as failed";
                    case NEW -> "new";
                }));
        attempt.log(
                LogLevel.INFO, "dropped of " + of + (of == 1 ? " record: " : " records: ") + String.join(", ", parts));
    }

    private @Nullable Payload left(Payload payload, List<JsonNode> records, boolean[] goesOn) throws StepException {
        List<JsonNode> left = new ArrayList<>(records.size());
        Numbering numbers = Numbering.of(payload);
        for (int i = 0; i < records.size(); i++) {
            if (goesOn[i]) {
                numbers.took(i);
                left.add(records.get(i));
            }
        }
        if (left.isEmpty() && settings.dropEmpty()) {
            return null;
        }
        return left.size() == records.size() ? payload : numbers.in(payload.withRecords(left));
    }
}
