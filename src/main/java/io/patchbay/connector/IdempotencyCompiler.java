package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.IdempotencyKey;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.BodyConfig;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig;
import io.patchbay.connector.definition.IdempotencyConfig;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks and compiles the key by which a system knows a repeated request. */
final class IdempotencyCompiler {

    private final Compiling compiling;

    IdempotencyCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    /**
     * The key, or null where none is sent.
     *
     * @param carries whether the endpoint's requests carry a body
     */
    @Nullable
    IdempotencyKey compile(EndpointConfig endpoint, boolean carries, Where where, String[] keys) {
        IdempotencyConfig config = endpoint.idempotency();
        if (config == null || !config.type().sent()) {
            return null;
        }
        String name = Objects.requireNonNull(config.name(), "checked by the record");
        RequestConfig request = Objects.requireNonNullElse(endpoint.request(), RequestConfig.NONE);
        String[] place = Compiling.below(keys, "idempotency");
        if (config.type() == IdempotencyConfig.Type.QUERY && request.query().containsKey(name)) {
            twice("the query has '" + name + "' of its own", place);
        }
        if (config.type() == IdempotencyConfig.Type.BODY && mayHold(endpoint, request, carries, place)) {
            checkMember(endpoint, request.body(), name, place);
        }
        return new IdempotencyKey(config.type(), name, compiling.optional(config.from(), where));
    }

    private boolean mayHold(EndpointConfig endpoint, RequestConfig request, boolean carries, String[] place) {
        BodyConfig body = request.body();
        if (!carries) {
            wrong("NOT_HERE", endpoint.method() + " sends no body that could hold the key", place, "type");
            return false;
        }
        boolean other = body != null && body.type() != BodyConfig.Type.JSON && body.type() != BodyConfig.Type.GRAPHQL;
        if (other || request.content() != null) {
            wrong("NOT_HERE", "a key can go into a body of type json or graphql only", place, "type");
            return false;
        }
        BatchConfig batch = endpoint.batch();
        boolean list = body == null && batch != null && batch.at() == null && batch.maxRecords() != 1;
        if (batch != null && (list || batch.mode() != BatchConfig.Mode.ARRAY)) {
            wrong("NOT_HERE", "a body that is a list of records has no place for a key", place, "type");
            return false;
        }
        return true;
    }

    private void checkMember(EndpointConfig endpoint, @Nullable BodyConfig body, String name, String[] place) {
        if (!WritingCompiler.NAMES.matcher(name).matches()) {
            compiling.error(
                    compiling.at(Compiling.below(place, "name")),
                    "BAD_PATH",
                    "'" + name + "' must be names with dots",
                    "like input.idempotencyKey");
            return;
        }
        BatchConfig batch = endpoint.batch();
        String at = batch == null ? null : batch.at();
        if (at != null && ((at + ".").startsWith(name + ".") || (name + ".").startsWith(at + "."))) {
            twice("the records of 'batch' stand at '" + at + "'", place);
        }
        Node template = body == null ? null : body.template();
        boolean graphql = GraphqlCompiler.sends(endpoint);
        Node members = graphql && template instanceof MapNode map ? map.get("variables") : template;
        if (holds(members, List.of(name.split("\\.")))) {
            twice("the template has '" + name + "' of its own", place);
        }
        ScalarNode query = GraphqlCompiler.query(endpoint);
        if (graphql && query != null) {
            new GraphqlCompiler(compiling).checkVariable(query, name, "idempotency");
        }
    }

    private static boolean holds(@Nullable Node node, List<String> names) {
        if (names.isEmpty()) {
            return node != null;
        }
        return node instanceof MapNode map && holds(map.get(names.get(0)), names.subList(1, names.size()));
    }

    private void twice(String what, String[] place) {
        compiling.error(
                compiling.at(Compiling.below(place, "name")),
                "DUPLICATE_NAME",
                what + ", where the idempotency key goes",
                "take one of them out; 'from' says what the key is made of");
    }

    private void wrong(String code, String what, String[] place, String key) {
        compiling.error(
                compiling.at(Compiling.below(place, key)),
                code,
                what,
                "type: header or query, if the system knows one");
    }
}
