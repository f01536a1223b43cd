/** The durable queue of starts: what a trigger accepted and no run has finished yet. */
@NullMarked
package io.patchbay.queue;

import org.jspecify.annotations.NullMarked;
