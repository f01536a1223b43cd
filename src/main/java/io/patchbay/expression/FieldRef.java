package io.patchbay.expression;

import io.patchbay.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * A path in a condition or in the settings of a function, which reads the record.
 *
 * @param at where it is written; null where that is not known more closely than what it belongs to
 */
public record FieldRef(SourcePath path, @Nullable Location at) {}
