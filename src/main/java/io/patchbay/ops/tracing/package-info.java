/**
 * Traces: a run is one, a shape is a span, a request to a system is a client's span; sent to a collector by OTLP, while nobody waits
 * for it. See docs/decisions/0081.
 */
@NullMarked
package io.patchbay.ops.tracing;

import org.jspecify.annotations.NullMarked;
