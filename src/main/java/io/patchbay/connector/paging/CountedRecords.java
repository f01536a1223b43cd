package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.StepException;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Records of kept content, one after the other: how many were read, and a fingerprint of them, by which a pull that goes on knows
 * whether the content is what it was.
 *
 * @param <R> kind of record
 * @param <S> what they are read from
 */
public abstract class CountedRecords<R extends JsonNode, S extends Closeable> implements AutoCloseable {

    private static final long PRIME = 0x100000001b3L; // FNV-1

    private @Nullable S source;
    private @Nullable R peeked;
    private long read;
    private long print;

    /** Begins to read the content. */
    protected abstract S open() throws StepException;

    /** The next record; null behind the last. */
    protected abstract @Nullable R following(S from) throws StepException;

    /** The content is not what it was: it will be read from its beginning. */
    protected void changed() {}

    /** Reads from the beginning. */
    public final void begin() throws StepException {
        close();
        S opened = open();
        source = opened;
        read = 0;
        print = 0;
        try {
            peeked = following(opened);
        } catch (StepException e) {
            close();
            throw e;
        }
    }

    /** The next record; null behind the last. */
    public final @Nullable R next() throws StepException {
        R record = peeked;
        if (record != null && source != null) {
            read++;
            print = print * PRIME ^ record.hashCode();
            peeked = following(source);
        }
        return record;
    }

    /** Whether there is no further record. */
    public final boolean ended() {
        return peeked == null;
    }

    /** How many records were read. */
    public final long read() {
        return read;
    }

    /** The fingerprint of what was read. */
    public final long print() {
        return print;
    }

    /**
     * Passes over records.
     *
     * @param wanted how many are to be read then
     * @param mark the fingerprint that they had
     * @return false when the content is another one: it is read from its beginning then
     */
    public final boolean passOver(long wanted, long mark) throws StepException {
        while (read < wanted && next() != null) {
            // delivered before
        }
        if (read == wanted && print == mark) {
            return true;
        }
        changed();
        begin();
        return false;
    }

    @Override
    public final void close() {
        try {
            if (source != null) {
                source.close();
            }
        } catch (IOException e) {
            // it was only read
        }
    }
}
