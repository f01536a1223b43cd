package io.patchbay.shape;

import io.patchbay.payload.schema.PayloadSchema;

/**
 * What is known of each record at a place of a flow.
 *
 * @param by who says so, for messages: {@code endpoint 'orders.list'}
 * @param schema what is said
 */
public record Described(String by, PayloadSchema schema) {}
