/** Holds records to a schema: what does not conform goes aside. Camel's Validate knows whole exchanges only, not the records of a page. */
@NullMarked
package io.patchbay.shape.validate;

import org.jspecify.annotations.NullMarked;
