package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Hands on the logs of runs to those who listen, as server-sent events. The history is asked once a second for each run that somebody
 * listens to, wherever it goes on. No listener holds a thread; one that does not read holds one of a few for as long as a write may take.
 */
final class LogStreams implements AutoCloseable {

    /** Listeners at one time; more are asked to come back. */
    static final int MOST = 100;

    /** Then the listener comes back, and says again who it is. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration COME_BACK = Duration.ofSeconds(10);
    private static final int SENDERS = 4;

    private final RunHistory history;
    private final Clock clock;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService senders;

    LogStreams(RunHistory history, Clock clock, Duration pause) {
        this.history = history;
        this.clock = clock;
        this.senders = Executors.newScheduledThreadPool(SENDERS, work -> {
            Thread thread = new Thread(work, "patchbay-log-stream");
            thread.setDaemon(true);
            return thread;
        });
        var unused =
                senders.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How the run ended, as the last event tells. */
    @Doc("How a run ended")
    record Ended(RunStatus status, @Nullable String reason) {}

    /**
     * Begins to send a run's log.
     *
     * @param shape only lines about this shape; null for all
     * @param last id of the last line that the listener had; null for none
     */
    SseEmitter listen(RunRecord run, @Nullable String shape, @Nullable String last) {
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        Listener listener = new Listener(run.id(), shape, emitter, Heard.of(last), clock.instant());
        synchronized (listeners) {
            if (listeners.size() >= MOST) {
                throw Refusal.later(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        MOST + " listen to logs already; come back, or ask for the log itself: GET /api/v1/runs/"
                                + run.id() + "/logs.",
                        COME_BACK);
            }
            listeners.add(listener);
        }
        emitter.onCompletion(() -> listeners.remove(listener));
        emitter.onTimeout(emitter::complete);
        emitter.onError(failed -> listeners.remove(listener));
        send(listener, run);
        return emitter;
    }

    /** How many listen. */
    int listening() {
        return listeners.size();
    }

    private void look() {
        try {
            Map<String, List<Listener>> byRun =
                    listeners.stream().collect(Collectors.groupingBy(listener -> listener.run));
            byRun.forEach((id, all) -> {
                RunRecord run = history.run(id).orElse(null);
                all.forEach(listener -> send(listener, run));
            });
        } catch (RuntimeException e) {
            // The database is away: whoever listens waits for the next look.
            System.getLogger(LogStreams.class.getName())
                    .log(System.Logger.Level.DEBUG, "logs cannot be read now: {0}", e.getMessage());
        }
    }

    private void send(Listener listener, @Nullable RunRecord run) {
        if (listener.busy.compareAndSet(false, true)) {
            try {
                senders.execute(() -> {
                    try {
                        listener.send(run, clock.instant());
                    } catch (IOException | IllegalStateException e) {
                        listeners.remove(listener); // it went away
                    } finally {
                        listener.busy.set(false);
                    }
                });
            } catch (RejectedExecutionException e) {
                listener.emitter.complete();
            }
        }
    }

    /** Ends all of them: they come back to the next life of the program. */
    @Override
    public void close() {
        senders.shutdownNow();
        listeners.forEach(listener -> listener.emitter.complete());
    }

    /**
     * How far somebody has heard a log. A crash may lose its last lines: then a run that is taken up again writes others in their place,
     * which are told apart by their time.
     *
     * @param lines how many
     * @param at when the last of them was written, in milliseconds
     */
    private record Heard(int lines, long at) {

        private static final Pattern ID = Pattern.compile("([0-9]{1,9})-([0-9]{1,15})");

        /** What an id says; one that is none of ours is of another stream: it begins anew. */
        static Heard of(@Nullable String id) {
            Matcher parts = ID.matcher(id == null ? "" : id);
            return parts.matches()
                    ? new Heard(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
                    : new Heard(0, 0);
        }

        /** How many lines of a log as it is now are known. */
        int in(List<LogLine> all) {
            if (lines == 0 || (lines <= all.size() && time(all.get(lines - 1)) == at)) {
                return lines;
            }
            int known = 0;
            while (known < all.size() && time(all.get(known)) <= at) {
                known++;
            }
            return known;
        }

        private static long time(LogLine line) {
            return line.at().toEpochMilli();
        }

        static Heard upTo(int lines, LogLine last) {
            return new Heard(lines, time(last));
        }

        String id() {
            return lines + "-" + at;
        }
    }

    /** Somebody who listens; one thread at a time sends. */
    private static final class Listener {

        private final String run;
        private final @Nullable String shape;
        private final SseEmitter emitter;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile Heard heard;
        private volatile Instant sentAt;

        Listener(String run, @Nullable String shape, SseEmitter emitter, Heard heard, Instant now) {
            this.run = run;
            this.shape = shape;
            this.emitter = emitter;
            this.heard = heard;
            this.sentAt = now;
        }

        void send(@Nullable RunRecord record, Instant now) throws IOException {
            List<LogLine> lines = record == null ? List.of() : record.logs();
            for (int at = heard.in(lines); at < lines.size(); at++) {
                LogLine line = lines.get(at);
                Heard so = Heard.upTo(at + 1, line);
                if (shape == null || shape.equals(line.shape())) {
                    emitter.send(SseEmitter.event()
                            .id(so.id())
                            .name("line")
                            .data(LogView.of(line), MediaType.APPLICATION_JSON));
                    sentAt = now;
                }
                heard = so;
            }
            if (record == null || record.endedAt() != null) {
                // Also of a run whose record went meanwhile: there is nothing to wait for.
                RunStatus status = record == null ? RunStatus.STOPPED : record.status();
                emitter.send(SseEmitter.event()
                        .name("end")
                        .data(new Ended(status, record == null ? null : record.reason()), MediaType.APPLICATION_JSON));
                emitter.complete();
            } else if (!now.isBefore(sentAt.plus(HEARTBEAT))) {
                emitter.send(SseEmitter.event().comment("goes on"));
                sentAt = now;
            }
        }
    }
}
