package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.format.FormatException;
import io.patchbay.format.RecordWriter;
import io.patchbay.format.Records;
import io.patchbay.payload.Json;
import io.patchbay.run.pool.KeptPools;
import io.patchbay.shape.dedupe.Pools;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
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

    private PoolCsv() {}

    /** All keys of a pool, read while they are sent. */
    static InputStream out(KeptPools pools, String pool) {
        return new SequenceInputStream(new Parts(pools, pool));
    }

    @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
    private static final class Parts implements Enumeration<InputStream> {
        private final KeptPools pools;
        private final String pool;
        private KeptPools.@Nullable Place after;
        private boolean begun;
        private boolean ended;

        Parts(KeptPools pools, String pool) {
            this.pools = pools;
            this.pool = pool;
        }

        @Override
        public boolean hasMoreElements() {
            return !ended;
        }

        @Override
        public InputStream nextElement() {
            if (ended) {
                throw new NoSuchElementException();
            }
            List<KeptPools.PoolKey> part = pools.keys(pool, new KeptPools.Query(null, null, after, PART));
            ended = part.size() < PART;
            if (!part.isEmpty()) {
                KeptPools.PoolKey last = part.get(part.size() - 1);
                after = new KeptPools.Place(last.entity(), last.key());
            }
            return new ByteArrayInputStream(rows(part));
        }

        private byte[] rows(List<KeptPools.PoolKey> part) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<String> columns = List.of(KEY, ENTITY, STATE, RUN, SINCE, EXPIRES);
            try (RecordWriter rows = CsvBody.write(bytes, columns, !begun)) {
                begun = true;
                for (KeptPools.PoolKey key : part) {
                    rows.write(row(key));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
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
