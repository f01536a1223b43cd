/** Keeps or drops records by a condition. The Message Filter, on the records of a page instead of on messages. */
@NullMarked
package io.patchbay.shape.filter;

import org.jspecify.annotations.NullMarked;
