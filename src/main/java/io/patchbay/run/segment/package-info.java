/**
 * Captured payloads in segments: compressed blocks, appended one after the other, each with payloads of many runs. Rows of the
 * database say in which blocks payloads of a run lie. A segment is deleted as a whole, which needs no room. Where blocks lie is
 * said by {@link io.patchbay.run.segment.SegmentContent}.
 */
@NullMarked
package io.patchbay.run.segment;

import org.jspecify.annotations.NullMarked;
