/** Makes values of records findable: what happened to customer 123? A Wire Tap. */
@NullMarked
package io.patchbay.shape.trackdata;

import org.jspecify.annotations.NullMarked;
