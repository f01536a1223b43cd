package io.patchbay.shape.wait;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Durations;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Metadata;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Keeps a payload that comes for the first time, and does with a decided one as the settings say. */
final class Waiting implements Plan.PayloadWork {

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_MESSAGE = 4_000;
    private static final String META = "wait.";

    private final WaitSettings settings;
    private final Surroundings around;

    Waiting(WaitSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
    }

    @Override
    public @Nullable Payload apply(Payload payload, Attempt attempt) throws StepException {
        Payload read = References.readsData(settings.reads()) ? payload.parsed() : payload;
        Scope scope = attempt.scope(read, null);
        Waits.Arrival arrival = written(
                around.service(Waits.class).arrive(place(attempt, scope), wish(scope), payload, variables(scope)));
        if (arrival instanceof Waits.Kept kept) {
            attempt.log(LogLevel.INFO, "waits as " + kept.id());
            attempt.goesOnLater();
            return null;
        }
        Waits.Decided decided = (Waits.Decided) arrival;
        return decided(decided, payload, attempt);
    }

    private static Waits.Place place(Attempt attempt, Scope scope) {
        return new Waits.Place(
                attempt.runId(),
                attempt.queuedAt(),
                attempt.flow(),
                scope.tree("run").path("revision").asText(),
                attempt.shape(),
                attempt.mayHaveSent());
    }

    private Waits.Wish wish(Scope scope) throws StepException {
        Awaits kind = settings.awaits();
        try {
            String key = text(settings.key(), scope);
            return new Waits.Wish(
                    kind == null ? Awaits.APPROVAL : kind,
                    key == null ? null : key(key),
                    cut(text(settings.title(), scope), LONGEST_TITLE),
                    cut(text(settings.message(), scope), LONGEST_MESSAGE),
                    settings.expires());
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static @Nullable String text(@Nullable Template template, Scope scope) {
        return template == null ? null : template.text(scope);
    }

    /** A key as it may be. @throws StepException when it is empty, too long or has a NUL */
    static String key(String key) throws StepException {
        if (key.isBlank() || key.length() > Waits.LONGEST_KEY) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_KEY",
                    "a key has 1 to " + Waits.LONGEST_KEY + " characters, found "
                            + (key.isBlank() ? "none" : String.valueOf(key.length())));
        }
        if (key.indexOf('\0') >= 0) {
            throw new StepException(Owner.AUTHOR, "BAD_KEY", "a key has no NUL character, found one");
        }
        return key;
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private Map<String, JsonNode> variables(Scope scope) {
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        around.variableNames().forEach(name -> {
            JsonNode value = scope.named("flow", name);
            if (value != null) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    /** What a store wrote. @throws StepException when it did not */
    static <T> T written(CompletableFuture<T> write) throws StepException {
        try {
            return write.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StepException why) {
                throw why;
            }
            throw new StepException(
                    Owner.INTERNAL, "NOT_KEPT", "the store did not take what waits, or an event", e, true, null);
        }
    }

    private @Nullable Payload decided(Waits.Decided decided, Payload payload, Attempt attempt) throws StepException {
        Decision decision = decided.decision();
        Payload told = Metadata.bounded(told(payload, decided));
        return switch (decision.state()) {
            case APPROVED, RELEASED, WAITING -> released(told, decision, attempt);
            case REJECTED -> otherwise(settings.onReject(), told, attempt, rejected(decision));
            case EXPIRED ->
                otherwise(
                        settings.onExpiry(),
                        told,
                        attempt,
                        new StepException(
                                Owner.LIMIT,
                                "WAIT_EXPIRED",
                                "nobody decided within " + Durations.format(settings.expires())));
        };
    }

    private static StepException rejected(Decision decision) {
        String by = decision.by() == null ? "" : " by " + decision.by();
        String note = decision.note() == null ? "" : ": " + decision.note();
        return new StepException(Owner.AUTHOR, "REJECTED", "rejected" + by + note);
    }

    private static @Nullable Payload otherwise(
            WaitSettings.Otherwise how, Payload told, Attempt attempt, StepException why) throws StepException {
        switch (how) {
            case FAIL -> throw why;
            case DROP -> {
                attempt.log(LogLevel.INFO, "dropped: " + why.getMessage());
                return null;
            }
            default -> {
                attempt.log(LogLevel.INFO, "goes on all the same: " + why.getMessage());
                return told;
            }
        }
    }

    /** The payload, with what came of the wait in place of what came of an earlier one. */
    private static Payload told(Payload payload, Waits.Decided decided) {
        Decision decision = decided.decision();
        Map<String, String> meta = new LinkedHashMap<>(payload.meta());
        meta.keySet().removeIf(name -> name.startsWith(META));
        meta.put(META + "id", decided.id());
        meta.put(META + "decision", decision.state().name().toLowerCase(Locale.ROOT));
        meta.put(META + "at", decision.at().toString());
        if (decision.by() != null) {
            meta.put(META + "by", decision.by());
        }
        if (decision.note() != null) {
            meta.put(META + "note", decision.note());
        }
        return new Payload(payload.lineage(), payload.body(), payload.recordPath(), meta);
    }

    private @Nullable Payload released(Payload told, Decision decision, Attempt attempt) throws StepException {
        JsonNode data = decision.data();
        if (data != null && settings.output() == WaitSettings.Output.DATA) {
            return told.withBody(new Body.Tree(data), RecordPath.of(data));
        }
        TargetPath into = settings.into();
        if (into == null || data == null) {
            return told;
        }
        return new RecordWork(
                        (record, scope) -> put(record, into, 0, data),
                        (parsed, records, same) -> records.isEmpty() ? null : parsed.withRecords(records))
                .apply(told, attempt);
    }

    /** The record with the value at the target; the parts beside it are shared. */
    private static JsonNode put(JsonNode at, TargetPath into, int depth, JsonNode value) throws StepException {
        List<TargetPath.Step> steps = into.steps();
        if (depth == steps.size()) {
            return value;
        }
        if (!at.isObject() && !at.isMissingNode() && !at.isNull()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_AN_OBJECT",
                    "'" + into + "' (into) leads through what is no object in this record");
        }
        String name = ((TargetPath.Member) steps.get(depth)).name();
        ObjectNode copy = Json.NODES.objectNode();
        if (at instanceof ObjectNode object) {
            copy.setAll(object);
        }
        copy.set(name, put(at.path(name), into, depth + 1, value));
        return copy;
    }
}
