/**
 * Systems are asked to send their events while a flow takes them. A table remembers what was asked for, so that it can be ended
 * after a restart and so that of several runtimes one asks.
 */
@NullMarked
package io.patchbay.trigger.subscription;

import org.jspecify.annotations.NullMarked;
