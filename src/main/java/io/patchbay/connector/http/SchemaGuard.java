package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.NotInSchema;
import io.patchbay.connector.Request;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.OnMismatch;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.Violation;
import io.patchbay.secret.Redactor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what goes out and what comes back to the schemas of an endpoint. What goes out and does not fit fails before it is
 * sent; of what comes back the run is told once, and the metric {@code patchbay.schema.drift} counts the records.
 */
final class SchemaGuard {

    private static final int RUNS = 200;

    private final Endpoint endpoint;
    private final HttpConnection connection;
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > RUNS;
        }
    }));

    SchemaGuard(Endpoint endpoint, HttpConnection connection) {
        this.endpoint = endpoint;
        this.connection = connection;
    }

    /** What a schema describes of a whole body: only asked for when there is something to look at. */
    interface Whole {
        JsonNode tree() throws StepException;
    }

    /** Which records do not fit; all of them where they are one body that does not. */
    Map<Integer, String> misfits(Request request, Whole whole) throws StepException {
        PayloadSchema schema = endpoint.schemas().request();
        if (schema == null) {
            return Map.of();
        }
        Map<Integer, String> misfits = new TreeMap<>();
        List<JsonNode> records = endpoint.writing().batch() == null
                ? List.of(tree(whole))
                : request.payload().records();
        for (int i = 0; i < records.size(); i++) {
            List<Violation> violations = schema.violations(records.get(i));
            if (!violations.isEmpty()) {
                misfits.put(i, sentence(violations));
            }
        }
        return misfits;
    }

    private static JsonNode tree(Whole whole) throws StepException {
        try {
            return whole.tree();
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private String sentence(List<Violation> violations) {
        Redactor redactor = connection.services().secrets().redactor();
        return "not sent to '" + endpoint.id() + "', because it is not as "
                + Objects.requireNonNull(endpoint.config().request()).schema() + " says: "
                + NotInSchema.text(violations, one -> one.full(redactor::redact), redactor);
    }

    /** @throws StepException when a record does not fit */
    void refuse(Request request, Whole whole) throws StepException {
        Map<Integer, String> misfits = request.fits() ? Map.of() : misfits(request, whole);
        if (!misfits.isEmpty()) {
            throw NotInSchema.failure(misfits.values().iterator().next());
        }
    }

    /** Looks at records that came back. @throws StepException when one does not fit and the endpoint says that this fails */
    void look(Payload answer, Request request) throws StepException {
        PayloadSchema schema = endpoint.schemas().response();
        if (schema == null || !(answer.body() instanceof Body.Tree)) {
            return;
        }
        int wrong = 0;
        @Nullable List<Violation> first = null;
        for (JsonNode record : answer.records()) {
            List<Violation> violations = schema.violations(record);
            if (!violations.isEmpty()) {
                wrong++;
                first = first == null ? violations : first;
            }
        }
        if (first != null) {
            drifted(first, wrong, request);
        }
    }

    private void drifted(List<Violation> first, int records, Request request) throws StepException {
        ResponseConfig response = Objects.requireNonNull(endpoint.config().response());
        String instance = connection.instance().name();
        Counter.builder("patchbay.schema.drift")
                .description("Records that came back and are not as the endpoint's schema says")
                .tag("instance", instance)
                .tag("endpoint", endpoint.id())
                .register(Metrics.globalRegistry)
                .increment(records);
        String what = "instance '" + instance + "' answered '" + endpoint.id() + "' with records that are not as "
                + response.schema() + " says: "
                + NotInSchema.text(
                        first, Violation::plain, connection.services().secrets().redactor());
        if (response.onMismatch() == OnMismatch.FAIL) {
            throw new StepException(Owner.REMOTE, "SCHEMA_DRIFT", what);
        }
        String run = request.trace().run();
        if (run.isEmpty() || told.add(run)) {
            request.trace()
                    .warn(what + ". They go on as they are" + (run.isEmpty() ? "" : "; this is said once in a run"));
        }
    }
}
