package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.payload.Attempt;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How answers of an endpoint are joined into the records that asked for them.
 *
 * @param by what a record and its matches in an answer have in common; null when all of an answer belongs to who asked
 * @param into where a record gets what was found: names only
 * @param onNone what happens to a record for which nothing was found
 * @param onMany what a record gets for which several were found
 * @param onFailure what happens to records whose request stays failed
 * @param bounds how much at once
 * @param answers of earlier questions; null when each payload asks anew
 */
public record Join(
        @Nullable By by,
        TargetPath into,
        None onNone,
        Many onMany,
        Failure onFailure,
        Bounds bounds,
        @Nullable Answers answers) {

    /**
     * What a record and its matches have in common.
     *
     * @param record where a record has it
     * @param answer where a record of an answer has it
     */
    public record By(SourcePath record, SourcePath answer) {}

    /**
     * How much at once.
     *
     * @param batch values that one request asks for, where the endpoint takes a list
     * @param concurrency requests of a payload that are on their way at the same time
     * @param most records that one answer may have, and that are kept of all answers for one payload
     */
    public record Bounds(int batch, int concurrency, int most) {}

    /** What happens to a record for which nothing was found. */
    public enum None {
        /** It goes on, with null or an empty list. */
        KEEP,
        /** It does not go on. */
        DROP,
        /** It is a failed payload of its own. */
        FAIL
    }

    /** What a record gets for which several were found. */
    public enum Many {
        /** The first. */
        FIRST,
        /** The list of all; of one and of none, too. */
        ALL,
        /** Nothing: it is a failed payload of its own. */
        FAIL
    }

    /** What happens to records whose request stays failed. */
    public enum Failure {
        /** Each is a failed payload of its own. */
        RECORD,
        /** The payload fails. */
        PAYLOAD,
        /** They go on as if nothing had been found, and the log says so. */
        KEEP
    }

    /** Answers to earlier questions. Used by several threads. */
    public interface Answers {

        /**
         * What was answered to these and is not too old; nothing for the others.
         *
         * @param of whom they were asked: another text when the instance or its connector changes
         */
        Map<String, List<JsonNode>> find(Collection<String> questions, String of, Attempt attempt);

        /** Keeps answers; an empty one, too. */
        void keep(Map<String, List<JsonNode>> answers, String of, Attempt attempt);
    }
}
