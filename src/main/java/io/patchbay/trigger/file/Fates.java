package io.patchbay.trigger.file;

import io.patchbay.connector.file.FileNames;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.Arrival.Fate;
import io.patchbay.trigger.FolderPath;
import io.patchbay.trigger.NameBeside;
import io.patchbay.trigger.file.TakenFile.State;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lets files go whose runs have ended. What does not work is tried again at the next look. */
final class Fates {

    /** Most runs that are asked about in one look. */
    private static final int MOST_ASKED = 2_000;

    private static final int LONGEST_NAME = 255;
    private static final Folder.Placing NEVER_OVER_ANOTHER = new Folder.Placing(true, false, "");

    private final Arrival what;
    private final Outcomes outcomes;
    private final TakenFiles taken;
    private final Complaints complaints;
    private Set<String> unknown = Set.of();

    Fates(Arrival what, Outcomes outcomes, TakenFiles taken, Complaints complaints) {
        this.what = what;
        this.outcomes = outcomes;
        this.taken = taken;
        this.complaints = complaints;
    }

    /**
     * Goes through the files that were taken before.
     *
     * @param there files of the folder by name; those that go are taken out
     * @param rows rows by name; those of files that go are taken out
     * @return how many runs still go on
     */
    int apply(Folder folder, Map<String, Arrived> there, Map<String, TakenFile> rows, Look look)
            throws SQLException, StepException {
        if (!what.settles()) {
            return 0;
        }
        int going = 0;
        int asked = 0;
        Set<String> now = new HashSet<>();
        for (TakenFile row : List.copyOf(rows.values())) {
            Arrived file = there.get(row.file().name());
            if (file == null || !row.is(file) || look.cancelled()) {
                continue;
            }
            TakenFile known = row;
            if (row.state() == State.STARTED) {
                known = asked++ < MOST_ASKED ? ended(row, now) : row;
                going += known.state() == State.STARTED ? 1 : 0;
            }
            boolean success = known.state() == State.SUCCEEDED;
            if ((success || known.state() == State.FAILED) && goes(folder, known, success, look)) {
                rows.remove(file.name());
                there.remove(file.name());
                unmark(folder, file.name(), there.keySet(), look);
            } else if (known.state() != row.state()) {
                taken.update(known);
            }
        }
        unknown = now;
        return going;
    }

    /** Between the end of a start and its run's record is a moment, so what is not known is asked for a second time. */
    private TakenFile ended(TakenFile row, Set<String> now) {
        return switch (outcomes.of(row.run())) {
            case GOING -> row;
            case SUCCEEDED -> row.in(State.SUCCEEDED);
            case FAILED -> row.in(State.FAILED);
            case UNKNOWN -> {
                now.add(row.run());
                if (!unknown.contains(row.run())) {
                    yield row;
                }
                complaints.say(
                        "'" + row.file().name() + "' stays, because nothing is known any more of its run " + row.run());
                yield row.in(State.LOST);
            }
        };
    }

    private boolean goes(Folder folder, TakenFile row, boolean success, Look look) throws SQLException, StepException {
        Fate fate = what.after(success);
        if (fate == null) {
            return false;
        }
        String from = inFolder(row.file().name());
        try {
            FolderPath to = fate.move();
            NameBeside rename = fate.rename();
            look.doing(() -> {
                if (fate.seen()) {
                    folder.mark(from, look);
                } else if (to != null) {
                    move(folder, from, to, name -> name, row, look);
                } else if (rename != null) {
                    move(folder, from, what.path(), rename::of, row, look);
                } else {
                    folder.delete(from, look);
                }
                return from;
            });
        } catch (StepException e) {
            complaints.say(String.valueOf(e.getMessage()));
            return false;
        }
        if (fate.seen()) {
            taken.update(row.in(State.SEEN)); // it stays in the folder, and others may take the mark away again
        } else {
            taken.forget(List.of(row));
        }
        return true;
    }

    private String inFolder(String name) throws StepException {
        return FileNames.join(FileNames.path(what.path().text()), name);
    }

    /** A file of the same name that is there already stays; this one gets its run's id into its name. */
    private static void move(
            Folder folder, String from, FolderPath to, UnaryOperator<String> named, TakenFile row, Look look)
            throws StepException {
        String target = FileNames.path(to.text());
        String name = row.file().name();
        try {
            folder.move(from, FileNames.join(target, named.apply(name)), NEVER_OVER_ANOTHER, look);
        } catch (StepException e) {
            if (!e.code().equals("FILE_EXISTS")) {
                throw e;
            }
            String other = named.apply(distinct(name, row.run()));
            folder.move(from, FileNames.join(target, other), NEVER_OVER_ANOTHER, look);
        }
    }

    /** The marker of a file that went goes too, unless it is that of another file as well. */
    private void unmark(Folder folder, String name, Set<String> others, Look look) throws StepException {
        NameBeside marker = what.marker();
        if (marker == null || others.stream().anyMatch(other -> marker.of(other).equals(marker.of(name)))) {
            return;
        }
        try {
            look.doing(() -> {
                folder.delete(inFolder(marker.of(name)), look);
                return name;
            });
        } catch (StepException e) {
            if (!e.code().equals(Folder.NOT_FOUND)) {
                complaints.say(String.valueOf(e.getMessage()));
            }
        }
    }

    private static String distinct(String name, String run) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        int most = Math.max(1, LONGEST_NAME - run.length() - 1 - ending.length());
        return stem.substring(0, Math.min(stem.length(), most)) + "-" + run + ending;
    }
}
