/** Pages on which a person connects an instance to a system that asks for somebody's consent. */
@NullMarked
package io.patchbay.ops.connect;

import org.jspecify.annotations.NullMarked;
