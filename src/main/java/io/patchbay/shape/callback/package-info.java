/** A callback: answers the caller that waits for the run, and what follows goes on as a start of its own. */
@NullMarked
package io.patchbay.shape.callback;

import org.jspecify.annotations.NullMarked;
