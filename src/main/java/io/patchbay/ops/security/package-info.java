/**
 * Who may do what on the management listener: one administrator with one token, everything else refused, and JMX over HTTP
 * opened for reading only.
 */
@NullMarked
package io.patchbay.ops.security;

import org.jspecify.annotations.NullMarked;
