/** Functions that choose, stand in, look up or call. */
@NullMarked
package io.patchbay.mapping.function.other;

import org.jspecify.annotations.NullMarked;
