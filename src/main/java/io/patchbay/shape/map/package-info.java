/** Reshapes records field by field. The Message Translator; the rules and functions are those of {@code mapping}. */
@NullMarked
package io.patchbay.shape.map;

import org.jspecify.annotations.NullMarked;
