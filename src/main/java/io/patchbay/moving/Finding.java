package io.patchbay.moving;

import io.patchbay.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person has to know about what was made.
 *
 * @param problem where it stands in the file that was read, what it is, and how to mend it
 * @param pointer the same place as a JSON Pointer
 * @param made where in the made files it matters, like {@code routes/orders.flow.yaml#send}; null where nothing was made of it
 */
public record Finding(
        Problem problem, String pointer, @Nullable String made) {

    /** Whether something was not translated. */
    public boolean lost() {
        return problem.severity() == Problem.Severity.ERROR;
    }

    /** The form of all messages, with both places in it. */
    @Override
    public String toString() {
        String text = problem.toString();
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return first + "\n  at: " + (pointer.isEmpty() ? "/" : pointer) + (made == null ? "" : " -> " + made)
                + (end < 0 ? "" : text.substring(end));
    }
}
