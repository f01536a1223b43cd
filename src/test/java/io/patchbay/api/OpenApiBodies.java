package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** Writes what calls take as their body: from the parameter where there is one, told by hand where the body is read by hand. */
final class OpenApiBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String JSON_TYPE = "application/json";

    private final Function<Type, JsonNode> schema;
    private final Map<String, ObjectNode> schemas;

    /**
     * @param schema gives the schema of a type, and puts that of a record among all
     * @param schemas all that have names
     */
    OpenApiBodies(Function<Type, JsonNode> schema, Map<String, ObjectNode> schemas) {
        this.schema = schema;
        this.schemas = schemas;
    }

    /** A body that is read by hand; those with no fields that are needed may be left out. */
    private record ByHand(String path, Class<?> type, List<String> needed) {}

    private static final List<ByHand> BY_HAND = List.of(
            new ByHand("/api/v1/failed-payloads/{id}/replay", ReplayRequest.class, List.of()),
            new ByHand("/api/v1/waits/{id}/approve", DecisionRequest.class, List.of("by")),
            new ByHand("/api/v1/waits/{id}/reject", DecisionRequest.class, List.of("by")),
            new ByHand("/api/v1/waits/events", EventRequest.class, List.of("key")),
            new ByHand("/api/v1/flows/{id}/map-preview", MapPreviewRequest.class, List.of()),
            new ByHand("/api/v1/map-suggestions", MapSuggestionRequest.class, List.of("source", "target")),
            new ByHand(
                    "/api/v1/services",
                    ServiceRequest.class,
                    List.of("name", "entity", "source", "destination", "reference")),
            new ByHand(
                    "/api/v1/services/preview",
                    ServiceRequest.class,
                    List.of("name", "entity", "source", "destination", "reference")),
            new ByHand("/api/v1/users", UserRequest.class, List.of("name", "role", "password")),
            new ByHand("/api/v1/users/{name}/role", RoleRequest.class, List.of("role")),
            new ByHand("/api/v1/users/{name}/password", PasswordRequest.class, List.of("password")),
            new ByHand("/api/v1/keys", AccessKeyRequest.class, List.of("name", "role")));

    /** Adds the body of a call, where it takes one. */
    void add(String path, Method method, ObjectNode operation) {
        if (path.matches("/api/v1/flows/[{]id[}]/(start|dry-run)")) {
            // JSON first: that is what clients offer that take one of them.
            ObjectNode json = JSON.objectNode().put("description", "Any JSON value");
            ObjectNode media = content(operation, false, JSON_TYPE, json);
            media.putObject("*/*").putObject("schema").put("type", "string").put("format", "binary");
        } else if (path.endsWith("/import")) {
            content(operation, true, "text/csv", JSON.objectNode().put("type", "string"));
        }
        BY_HAND.stream().filter(body -> body.path().equals(path)).forEach(body -> {
            content(operation, !body.needed().isEmpty(), JSON_TYPE, schema.apply(body.type()));
            required(body.type(), body.needed());
        });
        Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class) && !operation.has("requestBody"))
                .forEach(parameter -> parameter(parameter, method, operation));
    }

    private void parameter(Parameter parameter, Method method, ObjectNode operation) {
        Class<?> type = parameter.getType();
        RequestMapping mapping =
                Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class));
        String media = mapping.consumes().length == 0 ? JSON_TYPE : mapping.consumes()[0];
        if (type.isRecord()) {
            content(operation, true, media, schema.apply(type));
            required(type, type == CallerRequest.class ? List.of("name") : List.of());
        } else {
            content(operation, true, media, JSON.objectNode().put("type", "object"));
        }
    }

    private void required(Class<?> type, List<String> needed) {
        ObjectNode object = schemas.get(type.getSimpleName());
        object.remove("required");
        if (!needed.isEmpty()) {
            needed.forEach(object.putArray("required")::add);
        }
    }

    /** Adds a body. @return its media types, for more */
    private static ObjectNode content(ObjectNode operation, boolean required, String media, JsonNode schema) {
        ObjectNode content =
                operation.putObject("requestBody").put("required", required).putObject("content");
        content.putObject(media).set("schema", schema);
        return content;
    }
}
