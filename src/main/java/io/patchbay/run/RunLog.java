package io.patchbay.run;

import io.patchbay.payload.LogLevel;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.run.RunRecord.Request;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a run writes down while it goes on, without secrets and within bounds. Safe for use by several threads. */
final class RunLog {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_REQUESTS = 1_000;
    private static final int LONGEST_LINE = 4_000;

    private final Clock clock;
    private final UnaryOperator<String> redact;
    private final ConcurrentLinkedQueue<LogLine> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lineCount = new AtomicInteger();
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requestCount = new AtomicInteger();

    RunLog(Clock clock, UnaryOperator<String> redact) {
        this.clock = clock;
        this.redact = redact;
    }

    /** Begins with what an earlier part of the run wrote down, the last half of what may be kept. Before anything else is. */
    void goesOnFrom(List<LogLine> before, List<Request> asked) {
        lines.addAll(last(before, MOST_LINES / 2));
        lineCount.set(lines.size());
        requests.addAll(last(asked, MOST_REQUESTS / 2));
        requestCount.set(requests.size());
    }

    private static <T> List<T> last(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** Adds a line and answers it as it is kept; beyond the bound it is counted only. */
    @Nullable
    String line(@Nullable String shape, LogLevel level, String text) {
        if (lineCount.incrementAndGet() <= MOST_LINES) {
            String clean = redact.apply(text); // before it is cut: a piece of a secret would not be known
            String cut = clean.length() > LONGEST_LINE ? clean.substring(0, LONGEST_LINE) + "…" : clean;
            lines.add(new LogLine(clock.instant(), shape, level, cut));
            return cut;
        }
        return null;
    }

    /**
     * Adds a request; beyond the bound it is counted only.
     *
     * @param keep keeps what is wanted of its bodies, and names it
     */
    void request(String shape, int attempt, RequestLog log, Supplier<@Nullable String> keep) {
        if (requestCount.incrementAndGet() <= MOST_REQUESTS) {
            requests.add(new Request(shape, attempt, log, keep.get()));
        }
    }

    /** The lines so far. */
    List<LogLine> lines() {
        return List.copyOf(lines);
    }

    /** The requests so far. */
    List<Request> requests() {
        return List.copyOf(requests);
    }
}
