/** Takes one element out of a payload. A Content Filter; it does not multiply payloads, see flowControl for that. */
@NullMarked
package io.patchbay.shape.split;

import org.jspecify.annotations.NullMarked;
