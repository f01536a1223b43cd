/** Formats of data, both ways: records one after the other, never more of them in memory than one. */
@NullMarked
package io.patchbay.format;

import org.jspecify.annotations.NullMarked;
