package io.patchbay.trial.dry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ListKeys;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunRecord;
import io.patchbay.trial.dry.Captured.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Checkpoints that keep nothing: cursors and known keys are those of runs, and what would be moved or kept is taken down. */
final class DryCheckpoints implements Checkpoints {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Checkpoints real;
    private final Notes notes;
    private final ListKeys keys;
    private final List<RunRecord> ended = new CopyOnWriteArrayList<>();

    DryCheckpoints(Checkpoints real, Notes notes) {
        this.real = real;
        this.notes = notes;
        this.keys = new DryListKeys(real.keys());
    }

    /** The records of what ended, in order. */
    List<RunRecord> ended() {
        return List.copyOf(ended);
    }

    @Override
    public Progress load(String runId) {
        return Progress.NONE;
    }

    @Override
    public CompletableFuture<Void> page(String runId, String shape, Payload page, @Nullable JsonNode next) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> delivered(
            String runId, String shape, Payload page, @Nullable JsonNode next, boolean well) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> sent(String runId, String shape, String lineage, @Nullable Payload output) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> failed(FailedPayload failed) {
        ObjectNode with = Json.NODES.objectNode().put("code", failed.code()).put("message", failed.message());
        notes.add(new Notes.Note(
                failed.shape(),
                Kind.FAILED,
                failed.state() == FailedPayload.State.HELD ? "HOLD" : "KEEP",
                failed.code(),
                Map.of(),
                with,
                Content.of(failed.payload(), notes.most()),
                "kept"));
        return DONE;
    }

    @Override
    public CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim, Moves moves) {
        ended.add(outcome);
        for (PullCursor.Move move : moves.cursors()) {
            ObjectNode with = Json.NODES.objectNode().put("from", move.from()).put("to", move.to());
            note(with, "MOVE", "cursor " + move.key());
        }
        for (ListKeys.Move move : moves.keys()) {
            ObjectNode with =
                    Json.NODES.objectNode().put("missing", move.instead().missing());
            note(with, "KEEP", "keys of " + move.found().list());
        }
        return DONE;
    }

    private void note(ObjectNode with, String what, String target) {
        notes.add(new Notes.Note("", Kind.CURSOR, what, target, Map.of(), with, Content.NONE, "done"));
    }

    @Override
    public ListKeys keys() {
        return keys;
    }

    @Override
    public PullCursor.@Nullable At cursor(PullCursor.Key key) {
        return real.cursor(key);
    }
}
