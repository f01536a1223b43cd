/**
 * Dry runs: a deployed flow with real reads, whose writes are kept in place of made. Whatever a shape can change stands behind an
 * interface of which there is one here that only takes down what it was asked.
 */
@NullMarked
package io.patchbay.trial.dry;

import org.jspecify.annotations.NullMarked;
