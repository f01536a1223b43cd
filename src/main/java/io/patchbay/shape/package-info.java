/**
 * The contract of a shape and the shapes themselves, one package each. A shape's package holds everything about it:
 * settings record, contract, plan, docs and example; adding one touches one shared line, in {@link
 * io.patchbay.shape.Shapes}. Shapes do not know each other.
 */
@NullMarked
package io.patchbay.shape;

import org.jspecify.annotations.NullMarked;
