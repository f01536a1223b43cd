package io.patchbay.trigger.file;

import io.patchbay.connector.file.FileNames;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.Body;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.StartIds;
import io.patchbay.trigger.file.TakenFile.State;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes durable starts of files. First the row with the id of the start, then the content, then the start: whatever is cut off in
 * between is done again under the same id, which the queue takes once.
 */
final class Taking {

    /** So often a file may turn out unreadable before it counts as one that cannot be taken. */
    static final int MOST_TRIES = 10;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(FileArrivals.class.getName());

    private final String flow;
    private final Arrival what;
    private final FileArrivals.Parts parts;
    private final TakenFiles taken;
    private final Complaints complaints;
    private final Map<String, Instant> later = new HashMap<>();
    private Instant heldUntil = Instant.MIN;
    private int refusals;

    /** How it went with a file. */
    enum Went {
        /** It is a start. */
        TAKEN,
        /** It is none; the next file may be. */
        LEFT,
        /** It is none, and others would not be either now. */
        STOP
    }

    Taking(String flow, Arrival what, FileArrivals.Parts parts, TakenFiles taken, Complaints complaints) {
        this.flow = flow;
        this.what = what;
        this.parts = parts;
        this.taken = taken;
        this.complaints = complaints;
    }

    /** Whether starts are held back, because the queue had no room. */
    boolean held(Instant now) {
        return now.isBefore(heldUntil);
    }

    /** Whether it is a file's turn: one that could not be read waits longer each time. */
    boolean due(Arrived file, Instant now) {
        return !now.isBefore(later.getOrDefault(file.name(), Instant.MIN));
    }

    /** Only these files are there. */
    void look(Set<String> names) {
        later.keySet().retainAll(names);
    }

    /** @param row the row of a file of that name: this one, begun before, or an older one */
    Went take(Folder folder, Arrived file, @Nullable TakenFile row, Look look) throws SQLException {
        TakenFile mine = row != null && row.is(file) ? row : null;
        boolean fresh = mine == null;
        if (mine == null) {
            boolean tooLarge = file.size() > what.maxSize().toBytes();
            Instant now = parts.clock().instant();
            mine = new TakenFile(file, id(file, now), tooLarge ? State.FAILED : State.TAKING, 0);
            if (!taken.begin(mine, row, now)) {
                return Went.LEFT; // another replica is at it
            }
            if (tooLarge) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "flow {0} does not take ''{1}'': it has {2} bytes, more than maxSize",
                        flow,
                        file.name(),
                        String.valueOf(file.size()));
                return Went.LEFT;
            }
        }
        Content content = new Content(file, what.exact(), parts.bodies(), look);
        try {
            look.doing(() -> {
                folder.read(path(file), content, look);
                return file;
            });
        } catch (StepException e) {
            Body kept = content.body();
            if (kept != null) {
                parts.bodies().discard(kept);
            }
            return unread(mine, fresh, e, look);
        }
        return start(mine, Objects.requireNonNull(content.body()));
    }

    /** The moment stands in it, so that a file that left and came back unchanged is a new start. */
    private String id(Arrived file, Instant now) {
        return StartIds.of(
                Instant.ofEpochMilli(file.modifiedMs()),
                what.kind(),
                flow,
                what.instance(),
                what.path().text(),
                file.name(),
                String.valueOf(file.size()),
                now.toString());
    }

    private String path(Arrived file) throws StepException {
        return FileNames.join(FileNames.path(what.path().text()), file.name());
    }

    private Went unread(TakenFile row, boolean fresh, StepException why, Look look) throws SQLException {
        if (look.cancelled() && !look.stoodStill()) {
            return Went.STOP;
        }
        Arrived file = row.file();
        if (why.code().equals(Folder.NOT_FOUND)) {
            if (fresh) {
                taken.forget(List.of(row)); // another replica let it go after our listing
            }
            return Went.LEFT;
        }
        complaints.say(String.valueOf(why.getMessage()));
        if (why.code().equals(Content.NOT_KEPT)) {
            hold();
            return Went.STOP;
        }
        if (why.code().equals(Folder.UNREADABLE)) {
            taken.update(row.in(State.FAILED));
            return Went.LEFT;
        }
        TakenFile tried = row.triedAgain();
        if (tried.tries() >= MOST_TRIES) {
            taken.update(tried.in(State.FAILED));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "flow {0} gives up ''{1}'', which could not be read {2} times",
                    flow,
                    file.name(),
                    MOST_TRIES);
        } else {
            taken.update(tried);
            later.put(file.name(), parts.clock().instant().plus(pause(tried.tries())));
        }
        return why.code().startsWith("FILE_") ? Went.LEFT : Went.STOP;
    }

    private Went start(TakenFile row, Body body) throws SQLException {
        Arrived file = row.file();
        Map<String, String> meta = what.meta(file.name(), file.size(), Instant.ofEpochMilli(file.modifiedMs()));
        try {
            parts.starts()
                    .start(
                            row.run(),
                            flow,
                            what.kind(),
                            body,
                            meta,
                            parts.clock().instant())
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return refused(e.getCause(), body);
        } catch (TimeoutException e) {
            return refused(e, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Went.STOP;
        }
        refusals = 0;
        taken.update(row.in(State.STARTED));
        LOG.log(System.Logger.Level.DEBUG, "flow {0} took ''{1}'' as run {2}", flow, file.name(), row.run());
        return Went.TAKEN;
    }

    /** A body that may belong to a start, because nobody knows whether that was written, is left alone. */
    private Went refused(@Nullable Throwable why, Body body) {
        if (why != null && IntakeRefusedException.nothingWritten(why)) {
            parts.bodies().discard(body);
        }
        String reason = why == null || why.getMessage() == null ? "no answer" : why.getMessage();
        complaints.say("files wait, because starts cannot be written: " + reason);
        hold();
        return Went.STOP;
    }

    /** Reading files for nothing would keep disk and network busy, so each refusal holds twice as long. */
    private void hold() {
        refusals++;
        heldUntil = parts.clock().instant().plus(pause(refusals));
    }

    private static Duration pause(int times) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
