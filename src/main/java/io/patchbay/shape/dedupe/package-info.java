/** Lets each record through once, by its key in a data pool. An Idempotent Consumer. */
@NullMarked
package io.patchbay.shape.dedupe;

import org.jspecify.annotations.NullMarked;
