package io.patchbay.mapping;

import io.patchbay.problem.Location;

/**
 * A rule and where it stands.
 *
 * @param rule the rule
 * @param at its place
 */
public record Ruled(FieldRule rule, Location at) {}
