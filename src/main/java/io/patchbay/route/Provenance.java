package io.patchbay.route;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the text of a flow comes from: a problem that is found in it is told there, to who can mend it. */
public interface Provenance {

    /** The text is what stands in its file. */
    Provenance OWN = problem -> problem;

    /** How a problem of the text is told. */
    Problem told(Problem problem);

    /**
     * How it would be told if it had nothing to do with what the text was made for: where two texts are made of one file, what is wrong with
     * the file is told once.
     */
    default Problem plain(Problem problem) {
        return told(problem);
    }

    /** The text of the flow that it was made of; null when it was made of none. */
    default @Nullable String origin() {
        return null;
    }

    /** A text that was made of a file whose places these are. */
    static Provenance at(UnaryOperator<Location> places) {
        return problem -> new Problem(
                places.apply(problem.at()), problem.severity(), problem.code(), problem.what(), problem.hint());
    }
}
