/** Functions of lists and of the members of objects. */
@NullMarked
package io.patchbay.mapping.function.list;

import org.jspecify.annotations.NullMarked;
