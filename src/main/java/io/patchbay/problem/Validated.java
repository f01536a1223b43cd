package io.patchbay.problem;

import java.util.List;
import java.util.Optional;

/**
 * A value that exists only when it is valid, or the list of what is wrong.
 *
 * @param <T> the value
 */
public sealed interface Validated<T> {

    /** All problems; a valid value may still carry warnings. */
    List<Problem> problems();

    /** The value, if it is valid. */
    Optional<T> value();

    /** A valid value with the warnings about it. */
    record Valid<T>(T it, List<Problem> problems) implements Validated<T> {
        public Valid {
            problems = List.copyOf(problems);
        }

        @Override
        public Optional<T> value() {
            return Optional.of(it);
        }
    }

    /** No value, because of at least one error. */
    record Invalid<T>(List<Problem> problems) implements Validated<T> {
        public Invalid {
            problems = List.copyOf(problems);
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }
}
