package io.patchbay.shape.collect;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All records, written in their last format while the bucket is filled. At the first that cannot be written it gives up: then they
 * are written from the bucket, where what is wrong goes aside.
 */
final class Early implements Bucket.Follower {

    private final CollectShape.CollectSettings settings;
    private final Path folder;
    private final Instant queuedAt;
    private final Trail trail = new Trail(null, 0);
    private @Nullable WrittenBatch batch;
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
            for (JsonNode record : records) {
                batch().add(record, parsed.meta());
            }
        } catch (StepException | IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            close(); // nothing is lost by it: the bucket has them all
        }
    }

    private WrittenBatch batch() throws IOException {
        WrittenBatch into = batch;
        if (into == null) {
            into = new WrittenBatch(Objects.requireNonNull(settings.to()), settings.formats(queuedAt), folder);
            batch = into;
        }
        return into;
    }

    /**
     * What was written, which is the caller's now; null when there is nothing, or not all.
     *
     * @param payloads how many there are
     */
    @Nullable
    WrittenBatch taken(long payloads) {
        if (trail.payloads() != payloads) {
            close();
        }
        WrittenBatch made = over ? null : batch;
        over = true;
        batch = null;
        return made;
    }

    /** The way that the payloads came. */
    Trail trail() {
        return trail;
    }

    @Override
    public void close() {
        WrittenBatch left = batch;
        over = true;
        batch = null;
        if (left != null) {
            left.discard();
        }
    }
}
