/** AMQP 0-9-1, as RabbitMQ speaks it. */
@NullMarked
package io.patchbay.connector.broker.rabbitmq;

import org.jspecify.annotations.NullMarked;
