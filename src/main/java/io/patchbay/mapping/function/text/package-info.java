/** Functions of texts, and of the codes and names that texts hold. */
@NullMarked
package io.patchbay.mapping.function.text;

import org.jspecify.annotations.NullMarked;
