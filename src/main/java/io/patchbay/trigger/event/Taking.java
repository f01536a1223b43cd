package io.patchbay.trigger.event;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.connector.broker.Feed;
import io.patchbay.connector.broker.Received;
import io.patchbay.payload.Body;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.trigger.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes durable starts of messages. First the rows with the ids of the starts, then the starts, then the acknowledgement: whatever is
 * cut off in between is done again under the same ids, which the queue takes once.
 */
final class Taking {

    /** Most bytes of a message's kept headers and facts. */
    private static final int MOST_META = 10_240;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String flow;
    private final Event what;
    private final Events.Parts parts;
    private final Complaints complaints;
    private final TakenMessages taken;
    private final Aside aside;

    Taking(String flow, Event what, Events.Parts parts, Complaints complaints) {
        this.flow = flow;
        this.what = what;
        this.parts = parts;
        this.complaints = complaints;
        this.taken = new TakenMessages(
                parts.database(), "event", flow, what.instance(), what.destination(), what.groupOf(flow));
        this.aside = new Aside(parts.aside(), flow);
    }

    /** Whether the reader is wanted no more. */
    interface Ended {
        boolean ended();

        /** Waits; ends early when it is. */
        void pause(Duration time);
    }

    /** A message on its way to a start. */
    private record Coming(Received message, @Nullable String identity, Map<String, String> meta) {}

    /**
     * Takes a batch of messages and tells the broker.
     *
     * @return false when the reader ended before; then nothing was told
     * @throws StepException when the feed broke
     */
    boolean take(List<Received> messages, Feed feed, Ended until) throws StepException {
        List<Coming> coming = new ArrayList<>();
        for (Received message : messages) {
            Map<String, String> meta = meta(message);
            String why = refusal(message, meta);
            if (why == null) {
                coming.add(new Coming(message, identity(message), meta));
            } else if (!putAside(message, why, feed, until)) {
                return false;
            }
        }
        Map<Coming, String> runs = runs(coming, feed, until);
        if (runs == null || !start(runs, feed, until)) {
            return false;
        }
        feed.done();
        if (feed.exact() && what.dedupe() == null) {
            forget(coming);
        }
        return true;
    }

    private void forget(List<Coming> coming) {
        Set<String> done = new LinkedHashSet<>();
        coming.forEach(one -> {
            if (one.identity() != null) {
                done.add(one.identity());
            }
        });
        try {
            taken.delete(done);
        } catch (SQLException e) {
            complaints.say("what was taken cannot be forgotten: " + e.getMessage());
        }
    }

    private @Nullable String refusal(Received message, Map<String, String> meta) {
        if (message.unreadable() != null) {
            return message.unreadable();
        }
        if (message.size() > what.maxSize().toBytes()) {
            return "it has " + message.size() + " bytes, more than maxSize";
        }
        long bytes = meta.entrySet().stream()
                .mapToLong(one -> (one.getKey() + one.getValue()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return bytes > MOST_META ? "what is kept of its headers has more than " + MOST_META + " bytes" : null;
    }

    private Map<String, String> meta(Received message) {
        Map<String, String> meta = new LinkedHashMap<>();
        message.facts().forEach((name, value) -> meta.put("event." + name, value));
        for (String name : what.headers()) {
            String value = message.headers().get(name);
            if (value != null) {
                meta.put("header." + name, value);
            }
        }
        return meta;
    }

    /** What tells a message from others: the sender's word where the flow says so, else the broker's. */
    private @Nullable String identity(Received message) {
        String given = what.dedupe() == null ? null : message.headers().get(what.dedupe());
        return given != null && !given.isEmpty() ? "sender " + given : message.id();
    }

    private boolean putAside(Received message, String why, Feed feed, Ended until) throws StepException {
        Duration pause = FIRST_PAUSE;
        while (!until.ended()) {
            try {
                if (aside.count() < Aside.MOST) {
                    Path file = aside.put(message, why, parts.clock().instant());
                    complaints.log("a message was put aside in " + file + ": " + why);
                    return true;
                }
                complaints.say("it stands still, because " + Aside.MOST + " messages lie aside in " + parts.aside()
                        + "; look at them and delete their files");
            } catch (IOException e) {
                complaints.say("a message cannot be put aside: " + e.getMessage());
            }
            pause = hold(pause, feed, until);
        }
        return false;
    }

    private @Nullable Map<Coming, String> runs(List<Coming> coming, Feed feed, Ended until) throws StepException {
        Duration pause = FIRST_PAUSE;
        while (!until.ended()) {
            try {
                return runs(coming);
            } catch (SQLException e) {
                complaints.say("what was taken cannot be looked up: " + e.getMessage());
            }
            pause = hold(pause, feed, until);
        }
        return null;
    }

    /** The run of each message, in their order; of several with the same identity the first one stands for all. */
    private Map<Coming, String> runs(List<Coming> coming) throws SQLException {
        Set<String> asked = new LinkedHashSet<>();
        for (Coming one : coming) {
            if (one.identity() != null && (one.message().again() || what.dedupe() != null)) {
                asked.add(one.identity());
            }
        }
        Map<String, String> known = taken.find(asked);
        Map<String, String> fresh = new LinkedHashMap<>();
        Map<Coming, String> runs = new LinkedHashMap<>();
        for (Coming one : coming) {
            String identity = one.identity();
            String before = identity == null || !asked.contains(identity) ? null : known.get(identity);
            String run = before == null ? UuidCreator.getTimeOrderedEpochPlus1().toString() : before;
            if (identity != null && before == null) {
                fresh.put(identity, run);
                known.put(identity, run);
            }
            runs.put(one, run);
        }
        taken.write(fresh, parts.clock().instant());
        return runs;
    }

    /** Writes the starts; those that find no room are written again until there is some. */
    private boolean start(Map<Coming, String> runs, Feed feed, Ended until) throws StepException {
        Map<Coming, String> left = new LinkedHashMap<>(runs);
        Duration pause = FIRST_PAUSE;
        while (!left.isEmpty()) {
            String refused = starts(left);
            if (refused == null) {
                complaints.over();
                return true;
            }
            complaints.say("messages wait, because starts cannot be written: " + refused);
            if (until.ended()) {
                return false;
            }
            pause = hold(pause, feed, until);
        }
        return true;
    }

    /** @return why some are left, or null */
    private @Nullable String starts(Map<Coming, String> left) {
        Map<Coming, CompletableFuture<String>> written = new LinkedHashMap<>();
        String refused = null;
        Map<Coming, Body> bodies = new LinkedHashMap<>();
        for (Map.Entry<Coming, String> one : left.entrySet()) {
            try {
                Body body = body(one.getKey().message());
                bodies.put(one.getKey(), body);
                Instant now = parts.clock().instant();
                written.put(
                        one.getKey(),
                        parts.starts()
                                .start(
                                        one.getValue(),
                                        flow,
                                        what.kind(),
                                        body,
                                        one.getKey().meta(),
                                        now));
            } catch (IOException e) {
                refused = "the content of a message cannot be kept: " + e.getMessage();
                break;
            }
        }
        for (Map.Entry<Coming, CompletableFuture<String>> one : written.entrySet()) {
            String why = wait(one.getValue(), bodies.get(one.getKey()));
            if (why == null) {
                left.remove(one.getKey());
            } else {
                refused = why;
            }
        }
        return refused;
    }

    private @Nullable String wait(CompletableFuture<String> start, @Nullable Body body) {
        Throwable why;
        try {
            start.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            why = e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            why = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = e;
        }
        if (body != null && IntakeRefusedException.nothingWritten(why)) {
            parts.bodies().discard(body);
        }
        return why.getMessage() == null ? "no answer" : why.getMessage();
    }

    private Body body(Received message) throws IOException {
        String type = type(message.contentType());
        if (message.size() == 0) {
            return Body.EMPTY;
        }
        try (InputStream content = message.content().open()) {
            return parts.bodies().keep(content, type);
        }
    }

    /** What the flow says holds for messages that say nothing, or no more than any text would. */
    private String type(@Nullable String said) {
        String told = said == null || said.isBlank() || said.length() > 200 ? "application/octet-stream" : said;
        boolean vague = told.startsWith("application/octet-stream") || told.startsWith("text/plain");
        return what.contentType() != null && vague ? what.contentType() : told;
    }

    private static Duration hold(Duration pause, Feed feed, Ended until) throws StepException {
        until.pause(pause);
        feed.busy();
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
}
