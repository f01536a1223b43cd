package io.patchbay.shape;

import io.patchbay.payload.Attempt;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a placed shape becomes: work of its own, a Camel endpoint, or paths that hold further shapes. */
public sealed interface Plan {

    /** Work on one payload. */
    record PerPayload(PayloadWork work) implements Plan {}

    /** Work on one payload that ends later than it begins. No thread waits for it. */
    record Later(LaterWork work) implements Plan {}

    /**
     * Work that yields any number of payloads for one.
     *
     * @param repeatable whether it yields the very same payloads each time it gets the same one; then they need not be kept
     *     for a run that is taken up again, which makes them anew and skips what is marked
     */
    record Yielding(PullWork work, boolean repeatable) implements Plan {}

    /** Work on all payloads at once (or, where the contract takes RUN, once when all have come). */
    record PerBucket(BucketWork work) implements Plan {}

    /**
     * Work that makes other payloads of all payloads. Those that it yields are kept before the first outside effect below
     * them, so that a run that is taken up again has the very same ones.
     *
     * @param early what may be made already while they come; null where nothing can
     */
    record Collecting(CollectWork work, @Nullable Early early) implements Plan {}

    /** Payloads wait and go on as they came. No thread waits with them. */
    record Pausing(PauseWork work) implements Plan {}

    /**
     * A Camel endpoint. It gets the exchange with a {@link Payload} as body and the {@link Attempt} as exchange property, and
     * leaves a {@link Payload} or a {@link Pull} as body.
     *
     * @param uri the endpoint's URI, fixed at deploy time
     * @param retries how often and when to try again, if the endpoint's own rules differ from the step's
     * @param properties exchange properties that the step sets before each call: what this shape wants of the endpoint beyond
     *     constants in the URI
     */
    record Endpoint(String uri, @Nullable Retries retries, Map<String, Object> properties) implements Plan {
        public Endpoint {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * Every payload is tested against the paths: each takes the records that belong to it.
     *
     * @param beside whether paths go on beside each other
     */
    record Select(List<Path> paths, boolean beside, Selector selector) implements Plan {
        public Select {
            paths = List.copyOf(paths);
        }
    }

    /** Every path gets all payloads, one path after the other. */
    record Sequence(List<Path> paths, boolean stopAtFailure) implements Plan {
        public Sequence {
            paths = List.copyOf(paths);
        }
    }

    /** Payloads that fail in the first path go to the second one. */
    record Guard(Path tried, Path caught, Outcome outcome) implements Plan {

        /** How a run ends whose failures were all caught. */
        public enum Outcome {
            /** Partly succeeded. */
            PARTIAL,
            /** Succeeded. */
            SUCCEED,
            /** Failed. */
            FAIL
        }
    }

    /** A payload goes through a path as often as asked for. */
    record Repeat(Path round, Again again) implements Plan {}

    /** A payload goes through a path, unless what that would make of it is known. */
    record Unless(Path path, Known known) implements Plan {}

    /** Answers the caller that waits for the run. What follows the shape goes on as a durable start of its own. */
    record Answering(AnswerWork work) implements Plan {}

    /** A named list of shapes inside a shape. */
    record Path(String name, List<Step> steps) {
        public Path {
            steps = List.copyOf(steps);
        }
    }

    /** Work on one payload. */
    interface PayloadWork {
        /** The payload that goes on (same lineage), or null when nothing is left. */
        @Nullable
        Payload apply(Payload payload, Attempt attempt) throws StepException;
    }

    /** Begins work on one payload. */
    interface LaterWork {
        /**
         * Begins it. What fails at once is thrown; what ends later is told on a thread that may work.
         *
         * @param then told once how it ended
         */
        void begin(Payload payload, Attempt attempt, Then then) throws StepException;
    }

    /** Told how work ended. */
    interface Then {
        /** This goes on (same lineage), or nothing. */
        void goesOn(@Nullable Payload payload);

        /** The payload failed. */
        void fails(StepException why);
    }

    /** Says how long a payload waits. */
    interface PauseWork {
        /** How long from now on; zero or less for not at all. Asked once per try. */
        Duration pause(Payload payload, Attempt attempt) throws StepException;
    }

    /** Says whether a payload goes round once more. */
    interface Again {
        /**
         * Asked before each round.
         *
         * @param round how many rounds it has behind it
         */
        boolean again(Payload payload, int round, Attempt attempt) throws StepException;
    }

    /** Knows what a path would make of payloads. */
    interface Known {
        /** Looks; completes later where somebody else works it out. No thread may wait for that. */
        CompletableFuture<Looked> look(Payload payload, Attempt attempt) throws StepException;
    }

    /** What a look came to. */
    sealed interface Looked {}

    /** It is known: this goes on in place of the payload. */
    record Hit(Payload payload) implements Looked {}

    /** It is not known, and the payload is the one that goes through the path. */
    record Miss(Keeper keeper) implements Looked {}

    /** Is told what became of a payload in the path. Called once, by one of both. */
    interface Keeper {
        /** This came out. */
        void keep(Payload result);

        /** Nothing came out, because it failed, was dropped, or the run ends. */
        void release();
    }

    /** Work that opens a pull. */
    interface PullWork {
        /** Opens the pull; its pages carry child lineages of the payload. */
        Pull open(Payload payload, Attempt attempt) throws StepException;
    }

    /** Work on a bucket. */
    interface BucketWork {
        /** Looks at all payloads; they go on unchanged. */
        void apply(Iterable<Payload> bucket, Attempt attempt) throws StepException;
    }

    /** Work that makes payloads of a bucket. */
    interface CollectWork {
        /**
         * Opens the pull of what goes on.
         *
         * @param bucket all payloads, in their order; read while it is pulled
         * @param parent what the pages' lineages are children of
         */
        Pull open(Iterable<Payload> bucket, Lineage parent, Attempt attempt) throws StepException;
    }

    /** Begins what can be made of a large bucket while it is filled. */
    interface Early {
        /**
         * Begins. The work gets what this made as the bucket's {@link Bucket#follower follower}, and is free to make it anew.
         *
         * @param spillFolder where files go
         * @param queuedAt when the run was started
         */
        Bucket.Follower begin(java.nio.file.Path spillFolder, Instant queuedAt);
    }

    /** Makes an answer. */
    interface AnswerWork {
        /** What the caller gets for all payloads that reached the shape. */
        Answer answer(Iterable<Payload> bucket, Attempt attempt) throws StepException;
    }

    /**
     * What a caller gets.
     *
     * @param status HTTP status
     * @param contentType media type
     * @param body content, not changed after this
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Answer(int status, String contentType, byte[] body) {}

    /** Cuts a payload for the paths of a {@link Select}. */
    interface Selector {
        /** For each path, in declared order, the payload with its records, or null when none belongs to it. */
        List<@Nullable Payload> select(Payload payload, Attempt attempt) throws StepException;
    }
}
