/** Keeps payloads until somebody approves them, or an event comes. */
@NullMarked
package io.patchbay.shape.wait;

import org.jspecify.annotations.NullMarked;
