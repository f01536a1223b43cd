package io.patchbay.trigger.file;

import io.patchbay.connector.file.FileNames;
import io.patchbay.connector.file.Folder;
import io.patchbay.format.Glob;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.NameBeside;
import io.patchbay.trigger.file.TakenFile.State;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One trigger's folder. Used by one look at a time. */
final class Watch {

    /** Most files that one look takes; the next look then follows at once. */
    static final int MOST_TAKEN = 1_000;

    /** Most files whose runs go on, where files go when their runs have ended; further ones wait. */
    static final int MOST_GOING = 1_000;

    /** A folder that is empty for a while (a disk that is not mounted, say) does not make all its files new ones. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    private static final Duration RENEWED = Duration.ofSeconds(20);

    private final Arrival what;
    private final FileArrivals.Parts parts;
    private final Leases leases;
    private final Glob glob;
    private final TakenFiles taken;
    private final Settling settling;
    private final Complaints complaints;
    private final Fates fates;
    private final Taking taking;
    private final Map<String, Instant> missing = new HashMap<>();
    private Instant renewed = Instant.MIN;

    Watch(String flow, Arrival what, FileArrivals.Parts parts, Leases leases) {
        this.what = what;
        this.parts = parts;
        this.leases = leases;
        this.glob = new Glob(what.pattern());
        this.taken = new TakenFiles(parts.database(), flow, what);
        this.settling = new Settling(what.stableFor());
        this.complaints = new Complaints("flow " + flow + " watches " + what.path() + " of " + what.instance());
        this.fates = new Fates(what, parts.outcomes(), taken, complaints);
        this.taking = new Taking(flow, what, parts, taken, complaints);
    }

    /** Looks at the folder once. @return whether there is more to take at once */
    boolean look(Look look) {
        boolean more = false;
        try {
            if (!leases.hold(what.instance(), what.path().text())) {
                return false;
            }
            renewed = parts.clock().instant();
            more = looked(look);
        } catch (StepException e) {
            if (look.cancelled() && !look.stoodStill()) {
                return false;
            }
            complaints.say((look.stoodStill() ? "it stood still for too long: " : "") + e.getMessage());
        } catch (SQLException e) {
            complaints.say("what was taken cannot be looked up: " + e.getMessage());
        }
        complaints.lookedThrough();
        return more;
    }

    /** First the listing, then the rows: a file that another replica lets go in between is then gone, not new. */
    private boolean looked(Look look) throws StepException, SQLException {
        Folder folder = parts.folders().folder(what);
        Set<String> seen = new HashSet<>();
        Map<String, Instant> beside = new HashMap<>();
        Map<String, Arrived> there = list(folder, seen, beside, look);
        Map<String, TakenFile> rows = taken.all();
        rows.keySet().removeIf(name -> !means(name));
        Instant now = parts.clock().instant();
        settling.look(there.values(), now);
        taking.look(there.keySet());
        forget(there, rows, now);
        int going = fates.apply(folder, there, rows, look);
        settling.only(there.keySet());
        return take(folder, ready(there, seen, beside, rows, now), rows, going, look);
    }

    private boolean means(String name) {
        return glob.means(name) && !what.beside(name);
    }

    /** All that is there: what was taken stays known by it, seen or not. */
    private Map<String, Arrived> list(Folder folder, Set<String> seen, Map<String, Instant> beside, Look look)
            throws StepException {
        String path = FileNames.path(what.path().text());
        Map<String, Arrived> there = new LinkedHashMap<>();
        List<String> unsafe = new ArrayList<>();
        for (Folder.Entry entry : look.doing(() -> folder.list(path, look))) {
            if (!FileNames.safe(entry.name())) {
                unsafe.add(FileNames.shown(entry.name()));
            } else if (what.beside(entry.name())) {
                beside.put(entry.name(), entry.modified());
            } else if (glob.means(entry.name())) {
                there.putIfAbsent(entry.name(), Arrived.of(entry));
                if (entry.seen()) {
                    seen.add(entry.name());
                }
            }
        }
        unsafe.stream()
                .min(Comparator.naturalOrder())
                .ifPresent(name -> complaints.say("left out what has a name that would lead out of the folder: '" + name
                        + "'" + (unsafe.size() == 1 ? "" : " and others")));
        return there;
    }

    private void forget(Map<String, Arrived> there, Map<String, TakenFile> rows, Instant now) throws SQLException {
        missing.keySet().retainAll(rows.keySet());
        missing.keySet().removeAll(there.keySet());
        List<TakenFile> gone = new ArrayList<>();
        for (TakenFile row : rows.values()) {
            String name = row.file().name();
            if (!there.containsKey(name)
                    && !now.isBefore(missing.computeIfAbsent(name, any -> now).plus(REMEMBERED))) {
                gone.add(row);
            }
        }
        taken.forget(gone);
    }

    private List<Arrived> ready(
            Map<String, Arrived> there,
            Set<String> seen,
            Map<String, Instant> beside,
            Map<String, TakenFile> rows,
            Instant now) {
        if (taking.held(now)) {
            return List.of();
        }
        return there.values().stream()
                .filter(file -> untaken(file, rows.get(file.name())))
                .filter(file -> !seen.contains(file.name()) || rows.containsKey(file.name()))
                .filter(file -> whole(file, beside, now) && taking.due(file, now))
                .sorted(Arrived.by(what.order()))
                .toList();
    }

    /** By its marker, where there is one to be; one that is older than its file is that of the file before it. */
    private boolean whole(Arrived file, Map<String, Instant> beside, Instant now) {
        NameBeside marker = what.marker();
        if (marker == null) {
            return settling.settled(file, now);
        }
        Instant marked = beside.get(marker.of(file.name()));
        return marked != null && marked.toEpochMilli() >= file.modifiedMs();
    }

    private static boolean untaken(Arrived file, @Nullable TakenFile row) {
        return row == null || !row.is(file) || row.state() == State.TAKING;
    }

    private boolean take(Folder folder, List<Arrived> ready, Map<String, TakenFile> rows, int going, Look look)
            throws SQLException {
        int some = 0;
        for (Arrived file : ready) {
            boolean full = what.settles() && going + some >= MOST_GOING;
            if (look.cancelled() || full || !stillOurs()) {
                return false;
            }
            if (some == MOST_TAKEN) {
                return true;
            }
            Taking.Went went = taking.take(folder, file, rows.get(file.name()), look);
            if (went == Taking.Went.STOP) {
                return false;
            }
            some += went == Taking.Went.TAKEN ? 1 : 0;
        }
        return false;
    }

    private boolean stillOurs() throws SQLException {
        Instant now = parts.clock().instant();
        if (now.isBefore(renewed.plus(RENEWED))) {
            return true;
        }
        renewed = now;
        return leases.hold(what.instance(), what.path().text());
    }
}
