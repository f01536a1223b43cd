/** Proof of who calls, one class per method. */
@NullMarked
package io.patchbay.connector.auth;

import org.jspecify.annotations.NullMarked;
