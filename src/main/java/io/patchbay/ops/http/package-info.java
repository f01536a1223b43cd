/** Every error of the management listener as an RFC 9457 problem document with an id, and never with a stack trace. */
@NullMarked
package io.patchbay.ops.http;

import org.jspecify.annotations.NullMarked;
