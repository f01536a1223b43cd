package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.problem.Problem;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong in a file. */
@Doc("One thing that is wrong in a file")
record ProblemView(
        @Doc("Path relative to the home folder") String file,

        @Doc("First line is 1; 0 when only the file is known")
        int line,

        int column,

        @Doc("A file with an error is not taken: its last good version goes on")
        Problem.Severity severity,

        @Doc("Stable name") String code,
        @Doc("A sentence") String what,
        @Doc("How to mend it") @Nullable String hint) {

    static ProblemView of(Problem problem) {
        return new ProblemView(
                problem.at().file(),
                problem.at().line(),
                problem.at().column(),
                problem.severity(),
                problem.code(),
                problem.what(),
                problem.hint());
    }

    /** The same without secrets that the program knows. */
    ProblemView redacted(UnaryOperator<String> redact) {
        return new ProblemView(
                file, line, column, severity, code, redact.apply(what), hint == null ? null : redact.apply(hint));
    }
}
