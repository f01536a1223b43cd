package io.patchbay.run.segment;

import io.patchbay.store.SqlWork;
import java.io.IOException;

/** Where blocks of segments lie. */
interface SegmentContent {

    /** Where it is, as a row says it. */
    String place();

    /**
     * Writes a block to a segment's end.
     *
     * @param at where the end is
     * @return what belongs into the transaction that names the block
     */
    SqlWork write(String segment, long at, byte[] frame) throws IOException;

    /** Reads a block. @throws IOException when it is not there */
    byte[] read(String segment, long at, int length) throws IOException;

    /** Nothing more is written to a segment. */
    void seal(String segment);

    /** Deletes a segment's blocks; it may be gone already. Needs no room on the disk. */
    void delete(String segment) throws IOException;
}
