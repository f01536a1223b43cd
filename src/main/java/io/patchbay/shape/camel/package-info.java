/** The shape {@code camel}: steps written in Camel's own words. */
@NullMarked
package io.patchbay.shape.camel;

import org.jspecify.annotations.NullMarked;
