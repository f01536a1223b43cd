package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an answer means when it is not a plain success. */
@Doc("What an answer means when it is not a plain success")
public record ErrorHandlerConfig(
        @Doc("The first rule that matches decides; answers that no rule matches are judged by their status")
        @Default("[]")
        List<Rule> rules,

        @Doc("How long to wait before another try") @Default("{}")
        Backoff backoff,

        @Doc("When a system that fails is left alone for a while") @Nullable
        CircuitBreakerConfig circuitBreaker) {

    /** One rule. */
    @Doc("One rule")
    public record Rule(
            @Doc("Which answers; all that is given must fit")
            Match match,

            @Doc("What they mean") Action action,

            @Doc("Whose job it is") @Nullable FailureType failureType,

            @Doc("Plain sentence that tells the user what to do") @Nullable
            String message) {}

    /** Which answers a rule is about. */
    @Doc("Which answers a rule is about")
    public record Match(
            @Doc("Statuses") @Default("[]") List<Integer> status,

            @Doc("Headers by name, with a regular expression for the value (RE2)") @Default("{}")
            Map<String, String> header,

            @Doc("Path that exists in a JSON body, is not null and not an empty list") @Nullable
            String bodyPath,

            @Doc("Regular expression found in the body, or in the value at bodyPath (RE2)") @Nullable
            String bodyRegex,

            @Doc("Condition about a JSON body; the field is a path from its root") @Nullable
            Condition predicate) {

        /** @throws IllegalArgumentException if the match would fit every answer */
        public Match {
            if (status.isEmpty() && header.isEmpty() && bodyPath == null && bodyRegex == null && predicate == null) {
                throw new IllegalArgumentException("a match needs status, header, bodyPath, bodyRegex or predicate");
            }
        }
    }

    /** What an answer means. */
    public enum Action {
        /** Another try may do. */
        RETRY,
        /** Too many calls: all calls of the instance wait. */
        RATE_LIMITED,
        /** The token is too old: renew it and try once more. */
        REFRESH_TOKEN_THEN_RETRY,
        /** As if the answer were empty. */
        IGNORE,
        /** A good answer in spite of its status. */
        SUCCESS,
        /** A failure that another try does not mend. */
        FAIL,
        /** The place in the list is not known any more: the list, or its window of time, is read from its beginning. */
        RESET_PAGINATION,
        /** Too much for one answer: the window of time is cut in halves. */
        SPLIT_WINDOW,
        /** The records of the request are left out, and nothing failed. */
        SKIP_RECORD
    }

    /** Whose job it is to mend a failure. */
    public enum FailureType {
        /** Passes by itself. */
        TRANSIENT,
        /** The instance's settings. */
        CONFIG,
        /** The credentials. */
        AUTH,
        /** The data that was sent. */
        DATA,
        /** A bound of the system. */
        QUOTA,
        /** The system itself. */
        SYSTEM
    }

    /** How long to wait before another try. */
    @Doc("How long to wait before another try")
    public record Backoff(
            @Doc("Form of the wait; waitHeader and waitUntilHeader read it from 'header' where the answer has one")
            @Default("exponential")
            Type type,

            @Doc("First wait") @Default("1s") Duration initial,

            @Doc("Each further wait is this many times longer") @Default("2") @Range(min = 1, max = 10)
            int factor,

            @Doc("Longest wait that we choose ourselves") @Default("1m")
            Duration max,

            @Doc("How waits are spread, so that callers do not come back at once") @Default("full")
            Jitter jitter,

            @Doc("Header with the wait in seconds or a date (waitHeader), or with a date or epoch second"
                    + " (waitUntilHeader)")
            @Default("Retry-After")
            String header,

            @Doc("Tries in all") @Default("5") @Range(min = 1, max = 100)
            int maxAttempts,

            @Doc("No further try after this long") @Default("30m")
            Duration maxElapsed) {

        /** Forms of the wait. */
        public enum Type {
            /** Always the same. */
            CONSTANT,
            /** Longer each time. */
            EXPONENTIAL,
            /** What a header says: how long. */
            WAIT_HEADER,
            /** What a header says: until when. */
            WAIT_UNTIL_HEADER
        }

        /** How waits are spread. */
        public enum Jitter {
            /** Anywhere up to the wait. */
            FULL,
            /** Half of the wait, and anywhere up to the other half. */
            EQUAL,
            /** Not at all. */
            NONE
        }

        /** The same with so many tries in all. */
        public Backoff tries(int often) {
            return new Backoff(type, initial, factor, max, jitter, header, often, maxElapsed);
        }
    }
}
