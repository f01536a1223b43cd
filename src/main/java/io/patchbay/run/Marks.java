package io.patchbay.run;

import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
