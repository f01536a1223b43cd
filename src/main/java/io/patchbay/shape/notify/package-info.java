/** Tells people. A Wire Tap that is not a copy of the message but a text made from it; the step retries and checkpoints it. */
@NullMarked
package io.patchbay.shape.notify;

import org.jspecify.annotations.NullMarked;
