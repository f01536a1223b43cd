/**
 * Puts the rooms together: files become generations, generations become deployed flows, triggers write starts, the
 * dispatcher takes them through their runs; and all of that begins and ends in the right order.
 */
@NullMarked
package io.patchbay.runtime;

import org.jspecify.annotations.NullMarked;
