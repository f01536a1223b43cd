/**
 * The Camel component {@code connector:instance/endpoint?name=value}: usable in every route, and what compiled flows call.
 */
@NullMarked
package io.patchbay.connector.camel;

import org.jspecify.annotations.NullMarked;
