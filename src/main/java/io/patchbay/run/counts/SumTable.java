package io.patchbay.run.counts;

import io.patchbay.store.Dialect;
import io.patchbay.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of sums by flow, hour and perhaps one thing more. What is written is added to what stands there; what waits is added up here. */
final class SumTable {

    /** So many rows may wait while the database is away; what comes then is not counted. */
    private static final int MOST_WAITING = 100_000;

    /**
     * Whose sums a row holds.
     *
     * @param part a shape or a class of times; empty where a table has none
     */
    record Counted(String flow, int hour, String part) implements Comparable<Counted> {
        @Override
        public int compareTo(Counted other) {
            int byFlow = flow.compareTo(other.flow);
            int byHour = byFlow == 0 ? Integer.compare(hour, other.hour) : byFlow;
            return byHour == 0 ? part.compareTo(other.part) : byHour;
        }
    }

    private final boolean parts;
    private final boolean lastIsMost;
    private final String upsert;
    private final Map<Counted, long[]> waiting = new HashMap<>();
    private long left;

    /**
     * @param part name of the third key column, empty for none
     * @param sums names of the columns that are added up
     * @param most name of a last column of which the larger one stays, empty for none
     */
    SumTable(Dialect dialect, String name, String part, List<String> sums, String most) {
        this.parts = !part.isEmpty();
        this.lastIsMost = !most.isEmpty();
        List<String> keys = parts ? List.of("flow", "at_hour", part) : List.of("flow", "at_hour");
        List<String> values =
                lastIsMost ? Stream.concat(sums.stream(), Stream.of(most)).toList() : sums;
        List<String> all = Stream.concat(keys.stream(), values.stream()).toList();
        String columns = String.join(", ", all);
        String comes = dialect.shared() ? "excluded" : "v";
        List<String> set = new ArrayList<>();
        sums.forEach(sum -> set.add(sum + " = " + name + "." + sum + " + " + comes + "." + sum));
        if (lastIsMost) {
            set.add(most + " = greatest(" + name + "." + most + ", " + comes + "." + most + ")");
        }
        if (dialect.shared()) {
            this.upsert = "insert into " + name + " (" + columns + ") values ("
                    + String.join(", ", Collections.nCopies(all.size(), "?")) + ") on conflict ("
                    + String.join(", ", keys) + ") do update set " + String.join(", ", set);
        } else {
            String typed = all.stream()
                    .map(column ->
                            column.equals("flow") || column.equals(part) ? "cast(? as varchar)" : "cast(? as bigint)")
                    .collect(Collectors.joining(", "));
            this.upsert = "merge into " + name + " using (values (" + typed + ")) v (" + columns + ") on "
                    + keys.stream().map(key -> name + "." + key + " = v." + key).collect(Collectors.joining(" and "))
                    + " when matched then update set " + String.join(", ", set) + " when not matched then insert ("
                    + columns + ") values ("
                    + all.stream().map(column -> "v." + column).collect(Collectors.joining(", "))
                    + ")";
        }
    }

    /** Adds to what waits. */
    synchronized void add(Counted key, long... values) {
        long[] there = waiting.get(key);
        if (there != null) {
            plus(there, values);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.put(key, values.clone());
        } else {
            left++;
        }
    }

    private void plus(long[] there, long[] more) {
        for (int i = 0; i < there.length; i++) {
            there[i] = lastIsMost && i == there.length - 1 ? Math.max(there[i], more[i]) : there[i] + more[i];
        }
    }

    /** Takes what waits. */
    synchronized Map<Counted, long[]> take() {
        Map<Counted, long[]> taken = new HashMap<>(waiting);
        waiting.clear();
        return taken;
    }

    /** What was not counted because too much waited, since it was last asked. */
    synchronized long left() {
        long was = left;
        left = 0;
        return was;
    }

    /** Writes what was taken, in one order everywhere: replicas that write the same rows must not lock each other out. */
    void write(Transaction tx, Map<Counted, long[]> taken) throws SQLException {
        for (Counted key : taken.keySet().stream().sorted().toList()) {
            long[] values = java.util.Objects.requireNonNull(taken.get(key));
            tx.add(upsert, row -> bind(row, key, values));
        }
    }

    private void bind(PreparedStatement row, Counted key, long[] values) throws SQLException {
        int at = 1;
        row.setString(at++, key.flow());
        row.setInt(at++, key.hour());
        if (parts) {
            row.setString(at++, key.part());
        }
        for (long value : values) {
            row.setLong(at++, value);
        }
    }
}
