package io.patchbay.connector;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.payload.schema.Violation;
import io.patchbay.secret.Redactor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is said of data that is not as a schema says. */
public final class NotInSchema {

    private static final int NAMED = 3;
    private static final int LONGEST = 600;

    private NotInSchema() {}

    /** A failure of data that was not sent. */
    public static StepException failure(String what) {
        return new StepException(Owner.AUTHOR, "NOT_IN_SCHEMA", what);
    }

    /**
     * The first few violations as a text without secrets, and how many more there are.
     *
     * @param shown what is said of one
     */
    public static String text(List<Violation> violations, Function<Violation, String> shown, Redactor redactor) {
        String first = violations.stream().limit(NAMED).map(shown).collect(Collectors.joining("; "));
        int more = violations.size() - NAMED;
        String text = redactor.redact(first);
        return (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
