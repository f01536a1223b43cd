/** Lets payloads go on later. The Delayer pattern. */
@NullMarked
package io.patchbay.shape.delay;

import org.jspecify.annotations.NullMarked;
