package io.patchbay.run.pool;

import io.patchbay.run.pool.PoolRows.Row;
import io.patchbay.shape.dedupe.Pools;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a row of a pool means for a record that has its key.
 *
 * @param asking who asks
 * @param learn whether keys are remembered at once; what is remembered need not have been sent then
 * @param replayed runs that this one replays: what they learned at once is what failed in them
 */
record Judge(Pools.Asking asking, boolean learn, Instant now, List<String> replayed) {

    /** The answer, or null when the row is to be taken over. */
    Pools.@Nullable Answer of(Row row, String mark, Set<String> over) {
        boolean own = row.run().equals(asking.run());
        boolean same = own && row.mark().equals(mark);
        if (row.remembered()) {
            boolean learned = learn && ((own && !row.life().equals(asking.life())) || replayed.contains(row.run()));
            if (!row.expires().isAfter(now) || learned) {
                return null;
            }
            // The very record comes again when its run is taken up again: what it was sent to knows it, shapes behind
            // may not.
            return same ? Pools.Answer.NEW : Pools.Answer.KNOWN;
        }
        if (!own) {
            return over.contains(row.run()) ? null : Pools.Answer.CLAIMED;
        }
        if (!row.life().equals(asking.life())) {
            return null;
        }
        return same ? Pools.Answer.NEW : Pools.Answer.REPEATED;
    }

    /** The rows that other runs claimed. */
    List<Row> othersClaims(Collection<Row> rows) {
        return rows.stream()
                .filter(row -> !row.remembered() && !row.run().equals(asking.run()))
                .toList();
    }
}
