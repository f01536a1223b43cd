/** Stops the start when a {@code patchbay.*} setting is one that nobody reads, and says which one was meant. */
@NullMarked
package io.patchbay.ops.settings;

import org.jspecify.annotations.NullMarked;
