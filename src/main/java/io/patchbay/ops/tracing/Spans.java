package io.patchbay.ops.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import java.util.Set;

/**
 * What spans are made with.
 *
 * @param most of one run
 * @param told instances that hear of the trace
 */
record Spans(Tracer tracer, GivenIds ids, int most, Set<String> told) {

    static final AttributeKey<String> FLOW = AttributeKey.stringKey("patchbay.flow");
    static final AttributeKey<String> RUN = AttributeKey.stringKey("patchbay.run");
    static final AttributeKey<String> REVISION = AttributeKey.stringKey("patchbay.revision");
    static final AttributeKey<String> TRIGGER = AttributeKey.stringKey("patchbay.trigger");
    static final AttributeKey<String> STATUS = AttributeKey.stringKey("patchbay.status");
    static final AttributeKey<Long> RESUMED = AttributeKey.longKey("patchbay.resumed");
    static final AttributeKey<Long> LEFT_OUT = AttributeKey.longKey("patchbay.spans.left_out");
    static final AttributeKey<String> SHAPE = AttributeKey.stringKey("patchbay.shape");
    static final AttributeKey<String> SHAPE_TYPE = AttributeKey.stringKey("patchbay.shape.type");
    static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("patchbay.instance");
    static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("patchbay.endpoint");
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("patchbay.attempt");
    static final AttributeKey<Long> PAUSE = AttributeKey.longKey("patchbay.pause_ms");
    static final AttributeKey<String> OWNER = AttributeKey.stringKey("patchbay.error.owner");

    // Names of OpenTelemetry's semantic conventions.
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<Long> REQUEST_SIZE = AttributeKey.longKey("http.request.body.size");
    static final AttributeKey<Long> RESPONSE_SIZE = AttributeKey.longKey("http.response.body.size");
}
