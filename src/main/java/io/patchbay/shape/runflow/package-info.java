/** Starts another flow with a payload. Half of Request-Reply, over the queue of starts. */
@NullMarked
package io.patchbay.shape.runflow;

import org.jspecify.annotations.NullMarked;
