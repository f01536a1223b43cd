/**
 * The intake listener: webhooks and callbacks on a port of their own. An HTTP server on Vert.x checks a request before its body
 * is read and hands it to two Camel routes, {@code intake-hooks} and {@code intake-callbacks}; from there it becomes a start.
 * Nothing of a request but its body, its media type and what the trigger declares goes further, so no name from the network
 * can become a Camel header. No event loop ever waits.
 */
@NullMarked
package io.patchbay.trigger.intake;

import org.jspecify.annotations.NullMarked;
