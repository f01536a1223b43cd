package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Waits;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns pages. While one is worked on, the next one is fetched on a shared thread; when no thread is free, or the fetch must
 * wait (for the rate limit, or before another try), whoever asks for the page fetches it. So threads of the pool never wait,
 * and a busy pool slows a pull but cannot block it.
 */
public final class PagePull implements Pull {

    private static final JsonNode NOTHING_MORE = Json.NODES.objectNode().put("end", true);
    private static final long LOOK_EVERY_MILLIS = 500;

    private final PageSource source;
    private final Rules rules;
    private final Payload origin;
    private final Executor workers;
    private final Set<Long> seen = new HashSet<>();
    private long ordinal;
    private long turned;
    private @Nullable JsonNode state;
    private @Nullable FutureTask<Fetched> ahead;
    private Held pageBefore = Held.NOTHING;
    private JsonNode endedAt = NOTHING_MORE;
    private final Deque<Element> ready = new ArrayDeque<>();
    private @Nullable Element last;
    private volatile boolean closed;

    /** Gets single pages. */
    public interface PageSource extends AutoCloseable {
        /**
         * Makes one try to get a page.
         *
         * @param state where the pull stands
         * @param mayWait whether it may wait for the rate limit; if not, null is the answer when it would have to
         */
        @Nullable
        Fetched fetch(JsonNode state, boolean mayWait) throws StepException;

        /** Records what was told while pages were fetched; called by the thread that asks for pages. */
        void report();

        /** How far the pull came that ended in this state, in a list that grows. */
        default @Nullable Reached reached(JsonNode end) {
            return null;
        }

        /** How far the pull came when all that came before this state is delivered; null when this cannot be told. */
        default @Nullable Reached delivered(JsonNode state) {
            return null;
        }

        /** Whether the pull was given up from outside. */
        boolean cancelled();

        /** Ends a request that is on its way. */
        @Override
        void close();
    }

    /**
     * A page that came.
     *
     * @param page its content; its lineage is set by the pull
     * @param empty whether it has no records and is to be left out
     * @param next where the pull goes on, or null at the end
     * @param anew whether the pull does not go on behind the page, but begins at a place a second time
     * @param deleted records of the page that tell that they are deleted, which are not in its content; or null
     * @param keys of all records of the page, those that are left out too, where somebody asks
     * @param asides records that could not be read, up to the place where the pull goes on
     * @param sent the records as the system sent them, also those that are not in the content; empty where they are those of the content
     */
    public record Fetched(
            Payload page,
            boolean empty,
            @Nullable JsonNode next,
            boolean anew,
            @Nullable Payload deleted,
            List<String> keys,
            List<Aside> asides,
            List<JsonNode> sent) {
        public Fetched {
            sent = List.copyOf(sent);
            keys = List.copyOf(keys);
            asides = List.copyOf(asides);
        }

        /** A page whose records could all be read. */
        public Fetched(
                Payload page,
                boolean empty,
                @Nullable JsonNode next,
                boolean anew,
                @Nullable Payload deleted,
                List<String> keys) {
            this(page, empty, next, anew, deleted, keys, List.of(), List.of());
        }

        /** A page without deleted records. */
        public Fetched(Payload page, boolean empty, @Nullable JsonNode next, boolean anew) {
            this(page, empty, next, anew, null, List.of());
        }

        /** A page that the pull goes on behind. */
        public Fetched(Payload page, boolean empty, @Nullable JsonNode next) {
            this(page, empty, next, false);
        }
    }

    /**
     * Bounds of a pull.
     *
     * @param shape named in the lineages
     * @param maxPages a list of more pages is an error
     * @param backoff waits between tries of one page
     * @param found is told the keys of each page before it is handed on
     * @param rests whether it waits between tries
     */
    public record Rules(String shape, int maxPages, Backoff backoff, Consumer<List<String>> found, boolean rests) {
        /** Of a list whose system wants waits between tries. */
        public Rules(String shape, int maxPages, Backoff backoff, Consumer<List<String>> found) {
            this(shape, maxPages, backoff, found, true);
        }

        /** Of a list whose keys nobody asks for. */
        public Rules(String shape, int maxPages, Backoff backoff) {
            this(shape, maxPages, backoff, keys -> {});
        }
    }

    /** A pull that begins at a state. */
    public PagePull(
            PageSource source, Rules rules, Payload origin, Executor workers, JsonNode begin, long firstOrdinal) {
        this.source = source;
        this.rules = rules;
        this.origin = origin;
        this.workers = workers;
        this.ordinal = firstOrdinal;
        if (ends(begin)) {
            this.last = new End(source.reached(begin));
        } else {
            this.state = begin;
            fetchAhead();
        }
    }

    /**
     * Makes one try to get the page of a state, and none to get the next one.
     *
     * @param governor lets the calls of the source out
     * @return null when there is no page
     * @throws StepException when it failed, also because there is no place under the rate limit now
     */
    public static @Nullable Fetched once(PageSource source, JsonNode state, Governor governor) throws StepException {
        if (ends(state)) {
            return null;
        }
        try (source) {
            Fetched fetched = source.fetch(state, false);
            if (fetched == null) {
                throw governor.usedUp();
            }
            return fetched;
        } finally {
            source.report();
        }
    }

    @Override
    public Element next() {
        Element ended = last;
        if (ended != null) {
            return ended;
        }
        try {
            Element element = element();
            source.report();
            if (element != null) {
                return element;
            }
            last = new End(source.reached(endedAt));
        } catch (StepException e) {
            source.report();
            last = new Failed(e);
        } catch (RuntimeException e) {
            last = new Failed(new StepException(Owner.INTERNAL, "INTERNAL", "a page could not be read", e));
        }
        close();
        return last;
    }

    /** The next page that is not left out, or what went aside before it; null at the end. */
    private @Nullable Element element() throws StepException {
        while (ready.isEmpty()) {
            JsonNode at = state;
            if (at == null) {
                return null;
            }
            Fetched fetched = fetched(at);
            if (fetched.anew()) {
                forgetPages();
                state = fetched.next();
                continue;
            }
            turned++;
            checkAstray(at, fetched);
            JsonNode behind = fetched.next() == null ? NOTHING_MORE : fetched.next();
            if (ends(behind)) {
                endedAt = behind;
            }
            state = ends(behind) ? null : behind;
            fetchAhead();
            rules.found().accept(fetched.keys());
            // What goes aside is before its page: a pull that breaks between the two reads the page again, and so none
            // is lost.
            ready.addAll(fetched.asides());
            Payload deleted = fetched.deleted();
            if (!fetched.empty()) {
                // The same holds for deletes, which are behind it.
                ready.add(handed(fetched.page(), deleted == null ? behind : at));
            }
            if (deleted != null) {
                ready.add(handed(deleted, behind));
            }
        }
        return ready.poll();
    }

    private Page handed(Payload payload, JsonNode next) {
        return new Page(
                payload.withLineage(origin.lineage().child(rules.shape(), ordinal++)), next, source.delivered(next));
    }

    /** A list that does not end, or runs in a circle, is an error and not a loop. */
    private void checkAstray(JsonNode at, Fetched fetched) throws StepException {
        JsonNode next = fetched.next();
        if (next == null || ends(next)) {
            return;
        }
        if (!sameList(at, next)) {
            forgetPages();
            return;
        }
        seen.add(fingerprint(at));
        if (place(next).equals(place(at)) || (seen.contains(fingerprint(next)) && !counted(next))) {
            throw new StepException(
                    Owner.REMOTE, "REPEATED_CURSOR", "page " + turned + " leads back to a page that was read already");
        }
        if (counted(next) || scripted(next)) {
            Held page = Held.of(fetched);
            if (page.repeats(pageBefore)) {
                throw new StepException(
                        Owner.REMOTE,
                        "REPEATED_PAGE",
                        "pages " + (turned - 1) + " and " + turned
                                + " are the same: the system does not look at the page number");
            }
            pageBefore = page;
        }
        if (turned >= rules.maxPages()) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_MANY_PAGES",
                    "the list has more than " + rules.maxPages() + " pages (paginator.maxPages)");
        }
    }

    private void forgetPages() {
        turned = 0;
        pageBefore = Held.NOTHING;
        seen.clear();
    }

    private static boolean ends(JsonNode state) {
        return state.path("end").asBoolean(false);
    }

    /** Whether two places are in the same window; each window is a list of its own. */
    private static boolean sameList(JsonNode one, JsonNode other) {
        return one.path(Windows.LOWER).equals(other.path(Windows.LOWER))
                && one.path(Windows.WIDTH).equals(other.path(Windows.WIDTH));
    }

    /** A place without what was found on the way to it. */
    private static JsonNode place(JsonNode state) {
        JsonNode place = state.has(Windows.AT) ? state.path(Windows.AT) : state;
        return place.has(ScriptPager.TURN) ? place.<ObjectNode>deepCopy().without(ScriptPager.TURN) : place;
    }

    /** FNV-1a, 64 bits: among 200,000 cursors two share a fingerprint once in a billion pulls. */
    private static long fingerprint(JsonNode state) {
        String text = place(state).toString();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static boolean counted(JsonNode state) {
        JsonNode place = place(state);
        return place.has("page") || place.has("offset");
    }

    private static boolean scripted(JsonNode state) {
        return state.has(ScriptPager.TURN) || state.path(Windows.AT).has(ScriptPager.TURN);
    }

    private Fetched fetched(JsonNode at) throws StepException {
        StepException failure = null;
        FutureTask<Fetched> task = ahead;
        ahead = null;
        if (task != null) {
            try {
                task.run(); // does nothing when a thread of the pool has begun
                Fetched fetched = task.get();
                if (fetched != null) {
                    return fetched;
                }
            } catch (ExecutionException e) {
                failure = failure(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return tried(at, failure);
    }

    /** Tries until the page is here or the tries are used up; the failure is that of the first try, if it was made ahead. */
    private Fetched tried(JsonNode at, @Nullable StepException ahead) throws StepException {
        Backoff backoff = rules.backoff();
        long began = System.nanoTime();
        StepException failure = ahead;
        for (int attempt = failure == null ? 1 : 2; ; attempt++) {
            if (failure != null) {
                Duration wait = Waits.before(
                        attempt,
                        backoff,
                        failure.retryAfter(),
                        () -> ThreadLocalRandom.current().nextDouble());
                boolean over = attempt > backoff.maxAttempts()
                        || System.nanoTime() - began + wait.toNanos()
                                > backoff.maxElapsed().toNanos();
                if (!failure.retryable() || over) {
                    throw failure;
                }
                source.report();
                pause(wait);
            }
            if (closed || source.cancelled()) {
                throw new StepException(Owner.LIMIT, "CANCELLED", "the pull was given up");
            }
            try {
                Fetched fetched = source.fetch(at, true);
                if (fetched != null) {
                    return fetched;
                }
            } catch (StepException e) {
                failure = e;
            }
        }
    }

    private void pause(Duration wait) throws StepException {
        if (!rules.rests()) {
            return;
        }
        long until = System.nanoTime() + wait.toNanos();
        try {
            for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
                if (closed || source.cancelled()) {
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StepException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StepException(Owner.INTERNAL, "INTERRUPTED", "the pull was interrupted", e);
    }

    private static StepException failure(ExecutionException e) {
        return e.getCause() instanceof StepException failed
                ? failed
                : new StepException(Owner.INTERNAL, "INTERNAL", "a page could not be read", e.getCause());
    }

    private void fetchAhead() {
        JsonNode at = state;
        if (at == null || closed) {
            return;
        }
        FutureTask<Fetched> task = new FutureTask<>(() -> source.fetch(at, false));
        ahead = task;
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            // whoever asks for the page will fetch it
        }
    }

    @Override
    public void close() {
        closed = true;
        source.close();
        source.report();
    }
}
