/**
 * Runs code that authors write, without trusting it: JavaScript in a guest that has no way out, bounded in time and memory.
 */
@NullMarked
package io.patchbay.script;

import org.jspecify.annotations.NullMarked;
