package io.patchbay.connector.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Trace;
import io.patchbay.connector.paging.CountedRecords;
import io.patchbay.connector.paging.OpenContent;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records of one file or answer as pages; those that cannot be read leave them. */
public final class CountedContent extends CountedRecords<JsonNode, RecordSource> {

    /** Bytes of records, about, with which a page ends. */
    public static final long MOST_BYTES = 8L << 20;

    private final Payload content;
    private final String path;
    private final String name;
    private final BrokenRecords broken;
    private final OpenContent<?> opened;
    private final Opening opening;
    /** The number of the record that is read ahead, and the part that it stands in. */
    private long ahead;

    private @Nullable String part;

    /** How content becomes records. */
    public interface Opening {
        /** Begins to read. @throws StepException when it is none of its format */
        RecordSource open(Payload content, String path) throws StepException;
    }

    /**
     * Content that is not begun yet.
     *
     * @param path where it comes from, among others of its pull
     * @param name what it is called in a sentence
     * @param broken takes what cannot be read
     * @param opened tells whether its pull was given up
     * @param opening begins to read it, each time from its beginning
     */
    public CountedContent(
            Payload content, String path, String name, BrokenRecords broken, OpenContent<?> opened, Opening opening) {
        this.name = name;
        this.opening = opening;
        this.content = content;
        this.path = path;
        this.broken = broken;
        this.opened = opened;
    }

    @Override
    protected RecordSource open() throws StepException {
        broken.begin();
        return opening.open(content, path);
    }

    @Override
    protected void changed() {
        broken.anew();
    }

    @Override
    protected @Nullable JsonNode following(RecordSource records) throws StepException {
        JsonNode record = broken.next(records, content, path, opened::goesOn);
        ahead = broken.number() - records.before();
        part = records.part();
        return record;
    }

    /**
     * Goes behind records that were delivered; where they are not what they were, a warning says that all is read again.
     *
     * @param wanted how many there were
     * @param mark their fingerprint
     * @param what the content is called in a sentence
     */
    public void goTo(long wanted, long mark, Trace trace, String what) throws StepException {
        if (!passOver(wanted, mark)) {
            trace.warn(what + " is not what it was before: its " + wanted
                    + " records that were delivered are read again with the others");
        }
    }

    /** What is read. */
    public Payload content() {
        return content;
    }

    /** Where it comes from. */
    public String path() {
        return path;
    }

    /**
     * The next records, with the numbers that they have in the content.
     *
     * @param most how many there may be
     * @param mostBytes with about how many bytes they end
     */
    public Payload page(int most, long mostBytes) throws StepException {
        SourceRecords numbers = new SourceRecords();
        long number = ahead;
        String within = part;
        List<JsonNode> records = new ArrayList<>(Math.min(most, 1_000));
        long bytes = 0;
        JsonNode record = next();
        while (record != null) {
            records.add(record);
            numbers.add(number);
            number = ahead;
            bytes += mostBytes == Long.MAX_VALUE ? 0 : Json.bytes(record);
            record = records.size() < most && bytes < mostBytes && Objects.equals(part, within) ? next() : null;
        }
        Payload page = content.withBody(
                new Body.Tree(Json.NODES.arrayNode(records.size()).addAll(records)), RecordPath.ROOT_LIST);
        return within == null
                ? numbers.in(page, name)
                : numbers.in(page.withMeta(BrokenRecords.MEMBER, within), "member '" + within + "' of " + name);
    }
}
