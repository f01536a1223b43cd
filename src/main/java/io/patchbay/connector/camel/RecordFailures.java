package io.patchbay.connector.camel;

import io.patchbay.connector.PartialResult;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import org.jspecify.annotations.Nullable;

/** What is said of records that an answer calls failed, without secrets. */
record RecordFailures(Redactor redactor) {

    private static final int LONGEST_REASON = 300;

    /** The system refused one record. */
    StepException refused(@Nullable String why) {
        return new StepException(
                Owner.AUTHOR, "RECORD_REFUSED", "the system refused this record: " + line(String.valueOf(why)));
    }

    /** Nobody can tell which records failed. */
    StepException unclear(String why) {
        return new StepException(
                Owner.REMOTE,
                "UNCLEAR_RESULT",
                "the answer does not tell which records of the request failed, so all are kept; some may have arrived: "
                        + line(why));
    }

    /** All that is wrong with a request, in one sentence; null when no record failed. */
    @Nullable
    StepException of(PartialResult.Judged judged, int records) {
        String unclear = judged.unclear();
        if (unclear != null) {
            return new StepException(
                    Owner.REMOTE,
                    "UNCLEAR_RESULT",
                    "the answer does not tell which records failed (partialResult): " + line(unclear));
        }
        if (judged.failed().isEmpty()) {
            return null;
        }
        int first = judged.failed().keySet().stream().min(Integer::compare).orElse(0);
        return records <= 1
                ? refused(judged.failed().get(first))
                : new StepException(
                        Owner.AUTHOR,
                        "RECORD_REFUSED",
                        "the system refused " + judged.failed().size() + " of " + records
                                + " records; the first, number "
                                + (first + 1) + ": "
                                + line(String.valueOf(judged.failed().get(first))));
    }

    /** Without secrets before it is cut: a piece of one would not be known. */
    private String line(String text) {
        String line = redactor.redact(text).replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
