package io.patchbay.run;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What of the outside effects of one passage happened already, and which of it the store knows. Safe for use by several threads. */
final class Marks {

    private final Run run;
    private final StepRules rules;
    /** Requests of earlier tries that were answered, by part: a further try makes only the others. */
    private final Map<String, Attempt.Made> made = new ConcurrentHashMap<>();

    private final Set<String> left = ConcurrentHashMap.newKeySet();

    Marks(Run run, StepRules rules) {
        this.run = run;
        this.rules = rules;
    }

    /** Requests that tries made, by lineage. */
    Map<String, Attempt.Made> made() {
        return made;
    }

    /** Those of them that a try made when it was given up already, so that they have no mark yet. */
    Set<String> left() {
        return left;
    }

    /** Marks that the shape's outside effect of this lineage happened. */
    void set(String lineage, @Nullable Payload output) {
        if (rules.outside() && run.identity().journaled()) {
            run.writes().mark(run.services().checkpoints().sent(run.identity().id(), rules.shape(), lineage, output));
        }
    }

    /** Marks that an outside effect begins; returns when the store knows it. */
    void begins(String lineage) throws StepException {
        if (!rules.outside() || !run.identity().journaled()) {
            return;
        }
        CompletableFuture<Void> known =
                run.services().checkpoints().sent(run.identity().id(), rules.shape(), lineage, null);
        run.writes().await(known);
        try {
            known.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StepException.held("the run was stopped before this was sent");
        } catch (ExecutionException e) {
            throw new StepException(
                    Owner.INTERNAL, "NOT_MARKED", "progress could not be written to the store", e.getCause());
        }
    }

    /** Marks that what began did not arrive. */
    void didNotArrive(String lineage, Payload payload) {
        set(lineage, payload.withBody(new Body.Tree(BooleanNode.FALSE), RecordPath.ROOT));
    }

    /** The run is left with no further try: what one made that was given up is marked now. */
    void setTheRest() {
        for (String lineage : left) {
            Attempt.Made part = made.get(lineage);
            if (part != null) {
                set(lineage, part.answer());
            }
        }
    }
}
