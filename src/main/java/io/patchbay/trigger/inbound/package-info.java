/** Callers of the inbound API: who they are, their tokens, and how often they may call. */
@NullMarked
package io.patchbay.trigger.inbound;

import org.jspecify.annotations.NullMarked;
