package io.patchbay.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.openapi.ApiDocument.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a description says that calls can be held against, without the rest of it.
 *
 * @param all in the order of the description
 * @param more whether the description has more than are read
 */
public record ApiOperations(List<ApiOperation> all, boolean more) {

    public ApiOperations {
        all = List.copyOf(all);
    }

    /**
     * Reads a description.
     *
     * @throws IllegalArgumentException if it is none that is read here
     */
    public static ApiOperations of(JsonNode root) {
        ApiDocument document = new ApiDocument(root);
        if (!document.known()) {
            throw new IllegalArgumentException(
                    "this is no OpenAPI 3 and no Swagger 2.0 document: there is no 'openapi: 3.…' in it");
        }
        List<ApiOperation> all = new ArrayList<>();
        for (Asked asked : document.operations()) {
            all.add(operation(document, asked));
        }
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            if (document.resolved(path.getValue()).isMissingNode()) {
                all.add(elsewhere(document, path.getKey()));
            }
        }
        return new ApiOperations(all, all.size() >= ApiDocument.MOST_OPERATIONS);
    }

    /** A path whose operations stand in another file, which is never fetched. */
    private static ApiOperation elsewhere(ApiDocument document, String path) {
        return new ApiOperation(
                ApiOperation.ANY_METHOD,
                path,
                "",
                PathParts.parse(path),
                bases(document, document.root()),
                false,
                Set.of(),
                false,
                false,
                false);
    }

    private static ApiOperation operation(ApiDocument document, Asked asked) {
        JsonNode servers = asked.operation().has("servers")
                ? asked.operation()
                : asked.item().has("servers") ? asked.item() : document.root();
        return new ApiOperation(
                asked.method(),
                asked.path(),
                asked.id(),
                PathParts.parse(asked.path()),
                bases(document, servers),
                servers.path("servers").findValuesAsText("url").stream()
                        .anyMatch(url -> base(url).contains("{")),
                neededQuery(document, asked),
                secured(document, asked.operation()),
                needsBody(document, asked),
                asked.operation().path("deprecated").asBoolean(false));
    }

    private static List<PathParts> bases(ApiDocument document, JsonNode of) {
        if (document.swagger()) {
            return List.of(PathParts.parse(document.root().path("basePath").asText("")));
        }
        List<PathParts> bases = new ArrayList<>();
        for (JsonNode server : of.path("servers")) {
            String base = base(server.path("url").asText());
            if (!base.contains("{")) {
                bases.add(PathParts.parse(base));
            }
        }
        return bases.isEmpty()
                ? List.of(PathParts.NONE)
                : bases.stream().distinct().toList();
    }

    /** The path of an address; of one that begins with a variable, all of it. */
    private static String base(String url) {
        return url.replaceFirst("^[^/]*//[^/]*", "");
    }

    /** Parameters that hold an object are sent under names of their own, and one with a default value can be left out. */
    private static Set<String> neededQuery(ApiDocument document, Asked asked) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : asked.parameters()) {
            JsonNode schema = document.schema(parameter);
            boolean plain = parameter.path("in").asText().equals("query")
                    && !parameter.has("content")
                    && !schema.has("default")
                    && !schema.isMissingNode()
                    && !schema.path("type").toString().contains("object")
                    && document.properties(schema).isEmpty();
            if (plain && parameter.path("required").asBoolean(false)) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }

    private static boolean secured(ApiDocument document, JsonNode operation) {
        JsonNode security = operation.has("security")
                ? operation.path("security")
                : document.root().path("security");
        if (!security.isArray() || security.isEmpty()) {
            return false;
        }
        for (JsonNode way : security) {
            if (way.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean needsBody(ApiDocument document, Asked asked) {
        if (!document.swagger()) {
            return document.resolved(asked.operation().path("requestBody"))
                    .path("required")
                    .asBoolean(false);
        }
        return asked.parameters().stream()
                .anyMatch(parameter -> parameter.path("in").asText().equals("body")
                        && parameter.path("required").asBoolean(false));
    }

    /** Operations at a call's path, those first whose path says most of it. */
    public List<ApiOperation> at(ApiCall call) {
        return all.stream()
                .filter(one -> one.isAt(call))
                .sorted(Comparator.comparingLong(one -> one.parts().parts().stream()
                        .filter(PathParts.ANY::equals)
                        .count()))
                .toList();
    }
}
