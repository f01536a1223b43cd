/**
 * The functions of a map's {@code then}. A function is one small class with its settings, its texts and its examples; {@link
 * io.patchbay.mapping.function.Functions} is the list of them, the packages below hold them by kind.
 */
@NullMarked
package io.patchbay.mapping.function;

import org.jspecify.annotations.NullMarked;
