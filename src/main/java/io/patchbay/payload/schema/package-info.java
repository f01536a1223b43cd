/** What a payload is to look like, by JSON Schema (2020-12): schemas are read with the place of each mistake, and hold a value to account. */
@NullMarked
package io.patchbay.payload.schema;

import org.jspecify.annotations.NullMarked;
