package io.patchbay.shape.collect;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.ReadAhead;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a bucket. They are cut while they are asked for. A pull that is taken up again goes through the bucket from its
 * beginning and leaves out the batches that were there before: the {@link Trail} says whether it is the same bucket still.
 */
final class Collected implements Pull {

    /** Bytes of one batch in memory; a larger one is a file. */
    static final long BATCH_MEMORY = 512 * 1024;
    /** Records that may be wrong; more are no slips. */
    private static final int MOST_ASIDES = 10_000;
    /** Bytes of all batches in memory. */
    private static final long MEMORY = 4 * BATCH_MEMORY;

    private final CollectShape.CollectSettings settings;
    private final Iterable<Payload> bucket;
    private final Lineage parent;
    private final Attempt attempt;
    private Trail trail;
    private boolean begun;
    private final Map<String, Batch> open = new LinkedHashMap<>();
    private final Deque<Element> ready = new ArrayDeque<>();
    private @Nullable WrittenBatch written;
    private @Nullable ReadAhead<Payload> payloads;
    private long waiting;
    private int asides;
    private long ordinal;
    private boolean ended;

    Collected(CollectShape.CollectSettings settings, Iterable<Payload> bucket, Lineage parent, Attempt attempt) {
        this.settings = settings;
        this.bucket = bucket;
        this.parent = parent;
        this.attempt = attempt;
        this.trail = new Trail(attempt.resumeFrom(), attempt.resumeOrdinal());
    }

    @Override
    public Element next() {
        try {
            while (ready.isEmpty() && !ended) {
                advance();
            }
        } catch (StepException e) {
            return failed(e);
        } catch (IOException | UncheckedIOException e) {
            return failed(new StepException(
                    Owner.INTERNAL, "DISK", "what is collected cannot be kept on disk: " + e.getMessage(), e));
        }
        Element element = ready.poll();
        return element == null ? new End() : element;
    }

    private Failed failed(StepException why) {
        close();
        return new Failed(why);
    }

    private void advance() throws StepException, IOException {
        if (!begun) {
            begun = true;
            madeEarly();
            if (ended) {
                return;
            }
        }
        if (trail.cutHere()) {
            flush();
            emitWritten();
            return;
        }
        Payload payload = payloads().next();
        if (payload != null) {
            take(payload);
        } else {
            ended = true;
            trail.end();
            flush();
            emitWritten();
        }
    }

    /** What was written while the bucket was filled is all there is to make, in a first life: a later one makes what that one made, as far as it came. */
    private void madeEarly() throws StepException, IOException {
        if (!(bucket instanceof Bucket all && all.follower() instanceof Early early)) {
            return;
        }
        if (attempt.resumeFrom() != null) {
            early.close();
            return;
        }
        if (!early.whole(all.size())) {
            return;
        }
        trail = early.trail();
        written = early.takeWritten();
        Batch list = early.takeList();
        if (list != null) {
            open.put("", list);
            waiting = list.waiting();
        }
        ended = true;
        trail.end();
        flush();
        emitWritten();
    }

    /** What lies on disk is read while what was read before is written. */
    private ReadAhead<Payload> payloads() {
        ReadAhead<Payload> from = payloads;
        if (from == null) {
            Iterator<Payload> all = bucket.iterator();
            from = new ReadAhead<>(new ReadAhead.Source<>() {
                @Override
                public @Nullable Payload next() {
                    return all.hasNext() ? all.next() : null;
                }

                @Override
                public void close() {
                    // the bucket is its owner's
                }
            });
            payloads = from;
        }
        return from;
    }

    private void take(Payload payload) throws StepException, IOException {
        Payload parsed;
        List<JsonNode> records;
        try {
            parsed = payload.parsed();
            records = parsed.isEmpty() ? List.of() : parsed.records();
        } catch (StepException e) {
            trail.step(payload.lineage(), -1);
            ready.add(new Aside(payload, e));
            return;
        }
        trail.step(payload.lineage(), records.size());
        Numbering numbers = Numbering.of(parsed);
        for (int i = 0; i < records.size(); i++) {
            try {
                if (settings.to() == null) {
                    add(parsed, i, records.get(i), numbers);
                } else {
                    write(parsed, records.get(i), settings.to());
                }
            } catch (FormatException e) {
                aside(parsed, i, records.get(i), refused("record " + (i + 1), e));
            } catch (ExpressionException e) {
                aside(parsed, i, records.get(i), StepException.of(e));
            }
        }
    }

    private void aside(Payload payload, int index, JsonNode record, StepException why) throws StepException {
        if (++asides > MOST_ASIDES) {
            throw new StepException(
                    why.owner(),
                    why.code(),
                    "more than " + MOST_ASIDES + " records are wrong; the last one: " + why.getMessage());
        }
        Payload alone = payload.recordPath().each()
                ? new Payload(
                        payload.lineage().alone(attempt.shape(), index),
                        new Body.Tree(record),
                        RecordPath.ROOT,
                        SourceRecords.alone(payload, index))
                : payload;
        ready.add(new Aside(alone, SourceRecords.told(why, payload, index)));
    }

    private void add(Payload from, int index, JsonNode record, Numbering numbers) throws StepException, IOException {
        Template by = settings.by();
        String key = by == null ? "" : by.text(attempt.scope(from, record));
        byte[] written = Batch.written(record);
        Batch batch = open.get(key);
        if (batch != null && batch.over(written.length, settings.mostRecords(), settings.mostBytes())) {
            emit(key, batch);
            batch = null;
        }
        if (batch == null) {
            if (open.size() >= settings.keys()) {
                throw new StepException(
                        Owner.LIMIT,
                        "TOO_MANY_KEYS",
                        "more than " + settings.keys()
                                + " different keys wait for further records; set 'keys' higher, or"
                                + " collect by something that fewer records differ in");
            }
            batch = new Batch(from.meta(), settings.path(), attempt.spillFolder());
            open.put(key, batch);
        }
        batch.took(numbers, index);
        waiting += batch.add(record, written);
        if (batch.full(settings.mostRecords(), settings.mostBytes())) {
            emit(key, batch);
        } else if (batch.waiting() > BATCH_MEMORY) {
            spill(batch);
        } else if (waiting > MEMORY) {
            for (Batch each : open.values()) {
                spill(each);
            }
        }
    }

    private void write(Payload from, JsonNode record, FormatName to) throws StepException, IOException {
        WrittenBatch into = written;
        if (into == null) {
            try {
                into = new WrittenBatch(to, settings.formats(attempt.queuedAt()), attempt.spillFolder());
            } catch (FormatException e) {
                throw refused("what stands around records", e);
            }
            written = into;
        }
        into.add(record, from.meta());
    }

    private StepException refused(String what, FormatException why) {
        FormatName to = Objects.requireNonNull(settings.to());
        return new StepException(
                Owner.AUTHOR,
                "NOT_" + to,
                "the payload cannot be written as " + to.title() + ": " + what + " " + why.getMessage());
    }

    private void emitWritten() throws IOException, StepException {
        WrittenBatch batch = written;
        if (batch == null) {
            return;
        }
        if (batch.isEmpty()) {
            written = null;
            batch.discard();
            return;
        }
        if (!trail.knows(ordinal)) {
            trail.further();
        }
        if (trail.knows(ordinal)) {
            written = null;
            batch.discard();
            ordinal++;
            return;
        }
        Body body = batch.body();
        written = null;
        Payload page = new Payload(parent.child(attempt.shape(), ordinal++), body, RecordPath.ROOT, batch.meta());
        ready.add(new Page(page, trail.at()));
    }

    private void spill(Batch batch) throws IOException {
        waiting -= batch.waiting();
        batch.spill();
    }

    /** All that wait go on. */
    private void flush() throws IOException, StepException {
        while (!open.isEmpty()) {
            Map.Entry<String, Batch> first = open.entrySet().iterator().next();
            emit(first.getKey(), first.getValue());
        }
    }

    private void emit(String key, Batch batch) throws IOException, StepException {
        if (!trail.knows(ordinal)) {
            trail.further();
        }
        open.remove(key);
        waiting -= batch.waiting();
        if (trail.knows(ordinal)) {
            batch.discard();
            ordinal++;
            return;
        }
        Payload page = batch.payload(parent.child(attempt.shape(), ordinal++), batch.body());
        ready.add(new Page(page, trail.at()));
    }

    @Override
    public void close() {
        ended = true;
        if (payloads != null) {
            payloads.close();
        }
        ready.clear();
        open.values().forEach(Batch::discard);
        open.clear();
        WrittenBatch left = written;
        if (left != null) {
            left.discard();
            written = null;
        }
    }
}
