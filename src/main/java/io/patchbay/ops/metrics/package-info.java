/** What the runtime counts, by flow and shape, for Prometheus. Names and labels are promises: see the operations manual. */
@NullMarked
package io.patchbay.ops.metrics;

import org.jspecify.annotations.NullMarked;
