/**
 * Patchbay's one placeholder, {@code ${…}}: compiled when a flow is deployed, read from a scope when it runs. What a
 * placeholder yields is data and is never evaluated again.
 */
@NullMarked
package io.patchbay.expression;

import org.jspecify.annotations.NullMarked;
