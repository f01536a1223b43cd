/** Functions of dates. */
@NullMarked
package io.patchbay.mapping.function.date;

import org.jspecify.annotations.NullMarked;
