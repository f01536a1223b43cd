package io.patchbay.expression;

/**
 * What a compiled text reads: a shape derives its contract from it.
 *
 * @param root {@code record}, {@code flow}, {@code run}, …
 * @param name the first name after the root; {@code *} when the root is read as a whole
 */
public record Ref(String root, String name) {}
