/** Kafka. */
@NullMarked
package io.patchbay.connector.broker.kafka;

import org.jspecify.annotations.NullMarked;
