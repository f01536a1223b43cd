package io.patchbay.connector;

import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.BodyConfig;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import io.patchbay.payload.schema.PayloadSchema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and reads the schemas that an endpoint names. */
final class SchemaCompiler {

    private static final Set<BodyConfig.Type> DESCRIBED = Set.of(BodyConfig.Type.JSON, BodyConfig.Type.GRAPHQL);
    private static final Set<Format> NO_RECORDS = Set.of(Format.TEXT, Format.BINARY);

    private final Compiling compiling;

    SchemaCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    EndpointSchemas compile(EndpointConfig endpoint, String[] keys) {
        RequestConfig request = endpoint.request();
        ResponseConfig response = endpoint.response();
        return new EndpointSchemas(
                request == null ? null : request(endpoint, request, Compiling.below(keys, "request", "schema")),
                response == null ? null : response(response, Compiling.below(keys, "response", "schema")));
    }

    private @Nullable PayloadSchema request(EndpointConfig endpoint, RequestConfig request, String[] keys) {
        String name = request.schema();
        if (name == null) {
            return null;
        }
        BodyConfig body = request.body();
        boolean described =
                body == null ? endpoint.kind().acts() || request.content() != null : DESCRIBED.contains(body.type());
        if (!described) {
            compiling.error(
                    compiling.at(keys),
                    "NOT_HERE",
                    "a schema describes a JSON body, and this endpoint sends none",
                    "it belongs to body: {type: json} or graphql, or to a write that sends the payload as it is");
        }
        return compiling.files().schema(name, compiling.at(keys));
    }

    private @Nullable PayloadSchema response(ResponseConfig response, String[] keys) {
        String name = response.schema();
        if (name == null) {
            return null;
        }
        if (NO_RECORDS.contains(response.format())) {
            compiling.error(
                    compiling.at(keys),
                    "NOT_HERE",
                    "a schema describes records, and an answer of this format has none",
                    "formats with records are json, ndjson, csv, xml and soap");
        }
        return compiling.files().schema(name, compiling.at(keys));
    }
}
