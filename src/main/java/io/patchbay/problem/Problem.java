package io.patchbay.problem;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a file.
 *
 * @param at where it is wrong
 * @param severity whether the file can be used in spite of it
 * @param code stable name, upper case with underscores, to search for in code and docs
 * @param what the finding in one sentence, with the value that was found in quotes
 * @param hint how to mend it, when there is an honest answer
 */
public record Problem(
        Location at,
        Severity severity,
        String code,
        String what,
        @Nullable String hint) implements Comparable<Problem> {

    /** Whether a file can be used in spite of the problem. */
    public enum Severity {
        /** The file is not taken. */
        ERROR,
        /** The file is taken; its author should look. */
        WARNING
    }

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** @throws IllegalArgumentException if the code is not upper case with underscores */
    public Problem {
        Objects.requireNonNull(at, "at");
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("problem code '" + code + "' must be like UNKNOWN_KEY");
        }
    }

    @Override
    public int compareTo(Problem other) {
        int byPlace = at.compareTo(other.at);
        return byPlace != 0 ? byPlace : code.compareTo(other.code);
    }

    /** The form of every message about a file: {@code file:line:col: what [CODE]}, the hint on a second line. */
    @Override
    public String toString() {
        String kind = severity == Severity.ERROR ? "" : severity.name().toLowerCase(Locale.ROOT) + ": ";
        String first = at + ": " + kind + what + " [" + code + "]";
        return hint == null ? first : first + "\n  hint: " + hint;
    }
}
