/** JMS: Artemis by its own protocol, and any broker of AMQP 1.0. */
@NullMarked
package io.patchbay.connector.broker.jms;

import org.jspecify.annotations.NullMarked;
