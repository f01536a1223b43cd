/**
 * Measurements: load runs that put the program beside hand-written Camel routes. Each part runs in a process of its own; none
 * of this is part of {@code mvn verify}. How to run them stands in docs/benchmarks.md.
 */
@NullMarked
package io.patchbay.bench;

import org.jspecify.annotations.NullMarked;
