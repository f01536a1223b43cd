package io.patchbay.shape;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the records around a shape.
 *
 * @param before of those that come; null for nothing
 * @param after of those that the shape behind it wants; null for nothing
 */
public record Between(@Nullable Described before, @Nullable Described after) {}
