/**
 * Calls an endpoint of a connector's instance: the Message Endpoint. A Splitter stands behind it where the endpoint yields
 * any number of payloads. The call itself is the Camel component {@code connector}; the shape only says what for.
 */
@NullMarked
package io.patchbay.shape.connection;

import org.jspecify.annotations.NullMarked;
