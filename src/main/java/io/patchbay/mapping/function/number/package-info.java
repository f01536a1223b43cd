/** Functions of numbers: decimal, with every digit. */
@NullMarked
package io.patchbay.mapping.function.number;

import org.jspecify.annotations.NullMarked;
