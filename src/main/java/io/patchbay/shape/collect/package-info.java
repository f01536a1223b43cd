/** Puts the records of many payloads together: the Aggregator, over a bucket that spills to disk. */
@NullMarked
package io.patchbay.shape.collect;

import org.jspecify.annotations.NullMarked;
