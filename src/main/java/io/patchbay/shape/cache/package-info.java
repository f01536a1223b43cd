/** Puts payloads into a keyed store and takes them out again. Claim Check, over the database. */
@NullMarked
package io.patchbay.shape.cache;

import org.jspecify.annotations.NullMarked;
