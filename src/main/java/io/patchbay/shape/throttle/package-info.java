/** Lets so many payloads or records pass in a time. The Throttler pattern. */
@NullMarked
package io.patchbay.shape.throttle;

import org.jspecify.annotations.NullMarked;
