package io.patchbay.format;

import io.patchbay.payload.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a record while they are read, so that one that never ends does so before the memory is full. */
final class RecordBytes extends CountedStream {

    /** Bytes of one record. */
    static final int LONGEST = Memory.RECORD;

    /** Values of one record: an object or a list of them takes far more in memory than its bytes. */
    static final int MOST_VALUES = Memory.RECORD_VALUES;

    /** Readers are so far ahead of what they tell of. */
    private static final int AHEAD = 256 * 1024;

    private final int most;
    private long left;
    private boolean counts = true;

    /** The record that is being read has too many bytes or values. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String what) {
            super(what);
        }

        static TooLarge values() {
            return new TooLarge("the record has more than " + MOST_VALUES + " values"
                    + (MOST_VALUES < 1_000_000 ? "; in a heap of 256 MB it may have a million" : ""));
        }

        /** The error of a record, where this is why something was thrown; else null. */
        static @Nullable FormatException at(Throwable thrown, Place at, String field) {
            return at(thrown, at, field, "");
        }

        /** Likewise, with what helps. */
        static @Nullable FormatException at(Throwable thrown, Place at, String field, String hint) {
            Throwable cause = in(thrown);
            return cause == null ? null : FormatException.ends(cause.getMessage() + hint, at, field);
        }

        /** The error of what is no record, likewise, with where it stands. */
        static @Nullable FormatException at(Throwable thrown, String where) {
            Throwable cause = in(thrown);
            return cause == null
                    ? null
                    : FormatException.ends(String.valueOf(cause.getMessage()), null)
                            .in(where);
        }

        private static @Nullable Throwable in(Throwable thrown) {
            Throwable cause = thrown;
            while (cause != null && !(cause instanceof TooLarge)) {
                boolean nested = cause instanceof XMLStreamException && cause.getCause() == null;
                cause = nested ? ((XMLStreamException) cause).getNestedException() : cause.getCause();
            }
            return cause;
        }
    }

    RecordBytes(InputStream in) {
        this(in, LONGEST);
    }

    /** @param most bytes of one record */
    RecordBytes(InputStream in, int most) {
        super(in);
        this.most = most;
        this.left = (long) most + AHEAD;
    }

    /** A record begins. */
    void begin() {
        left = (long) most + AHEAD;
        counts = true;
    }

    /** What is read now is no record, and is not kept. */
    void pass() {
        counts = false;
    }

    @Override
    protected void count(long bytes) throws TooLarge {
        if (!counts) {
            return;
        }
        left -= bytes;
        if (left < 0) {
            throw new TooLarge("the record has more than " + most + " bytes" + Memory.LARGER_HEAP);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
