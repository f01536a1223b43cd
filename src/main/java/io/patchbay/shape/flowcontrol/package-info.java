/** Cuts payloads into batches. The Splitter, over records that are in memory already. */
@NullMarked
package io.patchbay.shape.flowcontrol;

import org.jspecify.annotations.NullMarked;
