/** Repeats shapes while a condition holds. Camel: Loop. */
@NullMarked
package io.patchbay.shape.loop;

import org.jspecify.annotations.NullMarked;
