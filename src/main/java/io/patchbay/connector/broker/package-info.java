/**
 * Message brokers: JMS by Artemis' protocol, JMS over AMQP 1.0, AMQP 0-9-1 as RabbitMQ speaks it, Kafka. Sending returns when the
 * broker has confirmed; what was received goes back to the broker unless it was said to be done.
 *
 * <p>Under it work the brokers' own clients, not Camel's components: those bind a message's end to that of an exchange on one
 * thread, where here several messages end with one sync of the start queue; they are configured once per Camel context, where an
 * instance's file and secrets may change at any time; and Camel 4.18's component for RabbitMQ is not published everywhere. Each
 * client stands in a package of its own, whose classes are loaded with the first instance that uses it.
 */
@NullMarked
package io.patchbay.connector.broker;

import org.jspecify.annotations.NullMarked;
