package io.patchbay.shape.collect;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All records, written while the bucket is filled: in their last format, or as the JSON list that they become. At the first that cannot be
 * written it gives up: then they are written from the bucket, where what is wrong goes aside.
 */
final class Early implements Bucket.Follower {

    private final CollectShape.CollectSettings settings;
    private final Path folder;
    private final Instant queuedAt;
    private final Trail trail = new Trail(null, 0);
    private @Nullable WrittenBatch written;
    private @Nullable Batch list;
    private boolean over;

    Early(CollectShape.CollectSettings settings, Path folder, Instant queuedAt) {
        this.settings = settings;
        this.folder = folder;
        this.queuedAt = queuedAt;
    }

    @Override
    public void add(Payload payload) {
        if (over) {
            return;
        }
        try {
            Payload parsed = payload.parsed();
            List<JsonNode> records = parsed.isEmpty() ? List.of() : parsed.records();
            trail.step(payload.lineage(), records.size());
            if (settings.to() == null) {
                list(parsed, records);
            } else {
                for (JsonNode record : records) {
                    written(settings.to()).add(record, parsed.meta());
                }
            }
        } catch (StepException | IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            close(); // nothing is lost by it: the bucket has them all
        }
    }

    private WrittenBatch written(FormatName to) throws IOException {
        WrittenBatch into = written;
        if (into == null) {
            into = new WrittenBatch(to, settings.formats(queuedAt), folder);
            written = into;
        }
        return into;
    }

    private void list(Payload from, List<JsonNode> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        Batch into = list;
        if (into == null) {
            into = new Batch(from.meta(), settings.path(), folder);
            list = into;
        }
        Numbering numbers = Numbering.of(from);
        for (int i = 0; i < records.size(); i++) {
            into.took(numbers, i);
            into.add(records.get(i), Batch.written(records.get(i)));
            if (into.waiting() > Collected.BATCH_MEMORY) {
                into.spill();
            }
        }
    }

    /**
     * Whether it has all payloads of the bucket. If not, what was written is gone.
     *
     * @param payloads how many there are
     */
    boolean whole(long payloads) {
        if (trail.payloads() != payloads) {
            close();
        }
        return !over && (written != null || list != null);
    }

    /** What was written in a last format, which is the caller's now; null when nothing was. */
    @Nullable
    WrittenBatch takeWritten() {
        WrittenBatch made = written;
        over = true;
        written = null;
        return made;
    }

    /** The list that was written, which is the caller's now; null when none was. */
    @Nullable
    Batch takeList() {
        Batch made = list;
        over = true;
        list = null;
        return made;
    }

    /** The way that the payloads came. */
    Trail trail() {
        return trail;
    }

    @Override
    public void close() {
        over = true;
        WrittenBatch left = takeWritten();
        if (left != null) {
            left.discard();
        }
        Batch unasked = takeList();
        if (unasked != null) {
            unasked.discard();
        }
    }
}
