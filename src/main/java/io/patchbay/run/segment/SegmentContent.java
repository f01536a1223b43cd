package io.patchbay.run.segment;

import java.io.IOException;

/** Where blocks of segments lie. */
interface SegmentContent {

    /** Where it is, as a row says it. */
    String place();

    /** Reads a block. @throws TornBlockException when it is not whole; another IOException when it is not there, or not to be had now */
    byte[] read(String segment, long at, int length) throws IOException;

    /** Deletes a segment's blocks; it may be gone already. Needs no room on the disk. */
    void delete(String segment) throws IOException;
}
