package io.patchbay.run.jdbc;

import io.patchbay.run.RunRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs that go on in this process. How they stand is known in memory; of those that go on for long, what they wrote down is written now
 * and then, so that a crash leaves it.
 */
final class GoingRuns {

    /** A run that wrote down a lot is written when there is an eighth more, or when it was looked at so often. */
    private static final int PATIENCE = 6;

    private static final int PART = 8;

    private final Map<String, Going> runs = new ConcurrentHashMap<>();

    /** A run, and how it was looked at. Those fields are used by one thread at a time. */
    private static final class Going {

        private final Supplier<RunRecord> now;
        private int written = -1;
        private int looks;

        Going(Supplier<RunRecord> now) {
            this.now = now;
        }

        /** How it stands, if that is to be written. The first look is too early for that: most runs end before the second. */
        @Nullable
        RunRecord due() {
            if (written < 0) {
                written = 0;
                return null;
            }
            RunRecord record = now.get();
            int lines = record.logs().size() + record.requests().size();
            looks++;
            if (lines == written || (lines - written < written / PART && looks < PATIENCE)) {
                return null;
            }
            written = lines;
            looks = 0;
            return record;
        }
    }

    void add(String id, Supplier<RunRecord> now) {
        runs.put(id, new Going(now));
    }

    void remove(String id) {
        runs.remove(id);
    }

    /** How a run stands; null when it does not go on here. */
    @Nullable
    RunRecord now(String id) {
        Going going = runs.get(id);
        return going == null ? null : going.now.get();
    }

    /** Looks at all of them, and gives those that are to be written. */
    void look(Consumer<RunRecord> write) {
        for (Going going : runs.values()) {
            RunRecord record = going.due();
            if (record != null && record.endedAt() == null) {
                write.accept(record);
            }
        }
    }
}
