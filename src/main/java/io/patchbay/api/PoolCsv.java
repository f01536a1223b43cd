package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.format.FormatException;
import io.patchbay.format.Records;
import io.patchbay.payload.Json;
import io.patchbay.run.pool.KeptPools;
import io.patchbay.shape.dedupe.Pools;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a pool as rows of comma separated values, a part at a time. */
final class PoolCsv {

    private static final int PART = 500;
    private static final String KEY = "key";
    private static final String ENTITY = "entity";
    private static final String STATE = "state";
    private static final String RUN = "run";
    private static final String SINCE = "since";
    private static final String EXPIRES = "expires";
    private static final List<String> COLUMNS = List.of(KEY, ENTITY, STATE, RUN, SINCE, EXPIRES);

    private PoolCsv() {}

    /** All keys of a pool, read while they are sent. */
    static InputStream out(KeptPools pools, String pool) {
        return ListInPieces.of(
                (KeptPools.@Nullable PoolKey last) ->
                        pools.keys(pool, new KeptPools.Query(null, null, behind(last), ListInPieces.PART)),
                (part, first) -> CsvBody.rows(COLUMNS, first, part, PoolCsv::row));
    }

    private static KeptPools.@Nullable Place behind(KeptPools.@Nullable PoolKey key) {
        return key == null ? null : new KeptPools.Place(key.entity(), key.key());
    }

    private static ObjectNode row(KeptPools.PoolKey key) {
        return Json.NODES
                .objectNode()
                .put(KEY, CsvBody.whole(CsvCell.guarded(key.key())))
                .put(ENTITY, CsvBody.whole(CsvCell.guarded(key.entity())))
                .put(STATE, key.claimed() ? "claimed" : "remembered")
                .put(RUN, key.run())
                .put(SINCE, key.since().toString())
                .put(EXPIRES, key.expires().toString());
    }

    /** Takes rows in, in parts. @throws IOException when the body breaks off or is too large */
    static ImportedView in(KeptPools pools, String pool, InputStream body, Duration keep) throws IOException {
        long rows = 0;
        long added = 0;
        List<KeptPools.Line> part = new ArrayList<>(PART);
        try (Records csv = CsvBody.read(body)) {
            for (JsonNode row = csv.next(); row != null; row = csv.next()) {
                if (row.path(STATE).asText().equals("claimed")) {
                    continue; // its record was not sent when it was handed out
                }
                part.add(line(row, rows + 1, added));
                rows++;
                if (part.size() == PART) {
                    added += pools.add(pool, part, keep);
                    part.clear();
                }
            }
        } catch (FormatException e) {
            throw Refusal.badRequest(
                    "Behind row " + rows + " " + CsvBody.why(e) + "; keys that were added: " + added + ".");
        }
        added += part.isEmpty() ? 0 : pools.add(pool, part, keep);
        return new ImportedView(rows, added);
    }

    private static KeptPools.Line line(JsonNode row, long number, long added) {
        String key = CsvCell.plain(row.path(KEY).asText()).replace('\0', '\uFFFD');
        String entity = CsvCell.plain(row.path(ENTITY).asText()).replace('\0', '\uFFFD');
        if (key.isEmpty() || key.length() > Pools.LONGEST_KEY || entity.length() > Pools.LONGEST_NAME) {
            String wrong = key.isEmpty()
                    ? "no value in the column 'key'"
                    : key.length() > Pools.LONGEST_KEY
                            ? "a key of " + key.length() + " characters, more than " + Pools.LONGEST_KEY
                            : "an entity of " + entity.length() + " characters, more than " + Pools.LONGEST_NAME;
            throw Refusal.badRequest("Row " + number + " has " + wrong + "; keys that were added before it: " + added
                    + ". The first row names the columns: key and, where wanted, entity.");
        }
        return new KeptPools.Line(entity, key);
    }
}
