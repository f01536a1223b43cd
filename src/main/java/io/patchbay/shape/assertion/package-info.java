/** Fails payloads that are not what was expected. The Validate pattern. */
@NullMarked
package io.patchbay.shape.assertion;

import org.jspecify.annotations.NullMarked;
