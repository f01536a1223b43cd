/**
 * Starts by messages of brokers. Each trigger has one reader that takes a few messages, writes them as durable starts, and then
 * tells the broker that they are done. A table remembers what was taken, so that what a broker gives again starts nothing.
 */
@NullMarked
package io.patchbay.trigger.event;

import org.jspecify.annotations.NullMarked;
