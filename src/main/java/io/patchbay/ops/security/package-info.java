/**
 * Who may do what on the management listener: who somebody is (token, key, password, OpenID provider), one table of roles,
 * everything else refused, and JMX over HTTP opened for reading only.
 */
@NullMarked
package io.patchbay.ops.security;

import org.jspecify.annotations.NullMarked;
