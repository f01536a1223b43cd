/** Authors' code works on payloads, in a guest that has no way out. */
@NullMarked
package io.patchbay.shape.script;

import org.jspecify.annotations.NullMarked;
