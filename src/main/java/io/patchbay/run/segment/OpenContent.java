package io.patchbay.run.segment;

import io.patchbay.store.SqlWork;
import java.io.IOException;

/** Where blocks are written to. */
interface OpenContent extends SegmentContent {

    /**
     * Writes a block to a segment's end.
     *
     * @param at where the end is
     * @return what belongs into the transaction that names the block
     */
    SqlWork write(String segment, long at, byte[] frame) throws IOException;

    /** Nothing more is written to a segment. */
    void seal(String segment);
}
