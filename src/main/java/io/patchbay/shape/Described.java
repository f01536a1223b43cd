package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is known of each record at a place of a flow.
 *
 * @param by who says so, for messages: {@code endpoint 'orders.list'}
 * @param schema what is said
 * @param sampled whether that was told from samples, which do not say all
 */
public record Described(String by, JsonNode schema, boolean sampled) {}
