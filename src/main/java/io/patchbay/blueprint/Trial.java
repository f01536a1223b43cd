package io.patchbay.blueprint;

import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Checks a home folder and runs tests in it, without a runtime, a network and secrets. */
public interface Trial {

    /**
     * What came of it.
     *
     * @param problems errors in files, of the home as a whole
     * @param tests how many tests ran
     * @param failed what failed of them, a line each
     */
    record Found(List<Problem> problems, int tests, List<String> failed) {
        public Found {
            problems = List.copyOf(problems);
            failed = List.copyOf(failed);
        }
    }

    /**
     * Tries a home.
     *
     * @param home its root
     * @param tested which test files are run, by path from the home
     */
    Found of(Path home, Predicate<String> tested) throws IOException, InterruptedException;
}
