package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.context.request.async.DeferredResult;

/** Writes the OpenAPI document from the resources' methods and the records that they answer with. */
final class OpenApiDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Writes the words of enumerations as the API does. */
    private static final ObjectMapper WORDS = new ObjectMapper().configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true);

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "The request is wrong"),
            Map.entry(401, "The token is missing or wrong"),
            Map.entry(403, "The role of who asks has no right to this"),
            Map.entry(404, "There is no such thing"),
            Map.entry(409, "It cannot be done as things stand"),
            Map.entry(412, "It was changed since the ETag in If-Match was given; nothing was done"),
            Map.entry(413, "The payload is too large"),
            Map.entry(429, "Called too often, or the queue is full; see Retry-After"),
            Map.entry(500, "Patchbay could not answer; its log says why, under the problem's id"),
            Map.entry(503, "Nothing new is accepted now; see Retry-After"));

    private final Map<String, Class<?>> named = new TreeMap<>();
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final ObjectNode paths = JSON.objectNode();
    private final ArrayNode tags = JSON.arrayNode();
    private final OpenApiBodies bodies = new OpenApiBodies(this::schema, schemas);

    static ObjectNode of(Collection<Class<?>> resources) {
        OpenApiDocument document = new OpenApiDocument();
        resources.stream().sorted(Comparator.comparing(Class::getSimpleName)).forEach(document::add);
        return document.whole();
    }

    private ObjectNode whole() {
        ObjectNode root = JSON.objectNode();
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Patchbay")
                .put("version", "1")
                .put(
                        "description",
                        "Instants are ISO 8601, durations are in milliseconds and say so, lists answer `data` and"
                                + " `next`, errors are problem documents (RFC 9457).");
        root.set("tags", tags);
        root.putArray("security").addObject().putArray("token");
        root.set("paths", paths);
        ObjectNode components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        schemas.put("Problem", problem());
        ObjectNode all = components.putObject("schemas");
        schemas.forEach(all::set);
        return root;
    }

    private void add(Class<?> resource) {
        String tag = resource.getSimpleName().replace("Resource", "");
        tags.addObject()
                .put("name", tag)
                .put("description", resource.getAnnotation(Doc.class).value());
        RequestMapping base = java.util.Objects.requireNonNull(
                AnnotatedElementUtils.findMergedAnnotation(resource, RequestMapping.class));
        Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                .sorted(Comparator.comparing(OpenApiDocument::path)
                        .thenComparing(m -> mapping(m).method()[0]))
                .forEach(method -> {
                    String path = base.path()[0] + path(method);
                    ObjectNode item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
                    RequestMethod verb = mapping(method).method()[0];
                    item.set(verb.name().toLowerCase(Locale.ROOT), operation(method, base, tag, path));
                });
    }

    private ObjectNode operation(Method method, RequestMapping base, String tag, String path) {
        Answers answers = method.getAnnotation(Answers.class);
        ObjectNode operation = JSON.objectNode();
        operation.putArray("tags").add(tag);
        operation.put("operationId", method.getName() + tag);
        operation.put("summary", method.getAnnotation(Doc.class).value());
        operation.put("x-permission", method.getAnnotation(Needs.class).value().word());
        ArrayNode parameters = JSON.arrayNode();
        for (Parameter parameter : method.getParameters()) {
            parameter(parameter, parameters);
        }
        boolean changing =
                !method.isAnnotationPresent(GetMapping.class) && !method.isAnnotationPresent(DeleteMapping.class);
        if (changing) {
            bodies.add(path, method, operation);
        }
        if (method.isAnnotationPresent(OwnQuery.class)) {
            startQuery(path, parameters);
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode good = responses.putObject(String.valueOf(answers.value()));
        good.put("description", "Done");
        boolean tagged = method.isAnnotationPresent(GetMapping.class)
                && method.getReturnType().isRecord();
        if (tagged) {
            good.putObject("headers")
                    .putObject("ETag")
                    .put("description", "Stands for what the answer says")
                    .putObject("schema")
                    .put("type", "string");
            responses.putObject("304").put("description", "It still says what the ETag in If-None-Match stands for");
            header("If-None-Match", "An ETag of before: what is still so is not sent again", parameters);
        }
        String[] produces =
                mapping(method).produces().length > 0 ? mapping(method).produces() : base.produces();
        Type answer = answer(method.getGenericReturnType());
        String media = produces.length > 0 ? produces[0].replaceFirst(";.*", "") : "*/*";
        ObjectNode content = good.putObject("content").putObject(media);
        content.set("schema", media.equals("application/json") ? json(answer) : notJson(media));
        List<Integer> problems = new ArrayList<>(List.of(400, 401, 403, 429, 500));
        Arrays.stream(answers.problems()).forEach(problems::add);
        if (List.of(method.getParameterTypes()).contains(Precondition.class)) {
            problems.add(412);
        }
        problems.stream()
                .sorted()
                .forEach(status -> responses
                        .putObject(String.valueOf(status))
                        .put("description", REASONS.get(status))
                        .putObject("content")
                        .putObject("application/problem+json")
                        .putObject("schema")
                        .put("$ref", "#/components/schemas/Problem"));
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        return operation;
    }

    private JsonNode json(Type answer) {
        return answer == Resource.class ? JSON.objectNode().put("type", "object") : schema(answer);
    }

    private static ObjectNode notJson(String media) {
        ObjectNode text = JSON.objectNode().put("type", "string");
        return media.startsWith("text/") ? text : text.put("format", "binary");
    }

    /** What handlers read of the query by hand. */
    private static void startQuery(String path, ArrayNode into) {
        query("trigger", "'api' if not given; 'manual' says that a person did it", into)
                .put("type", "string")
                .putArray("enum")
                .add("api")
                .add("manual");
        if (path.endsWith("/start")) {
            query("revision", "The revision of the flow that the run goes through", into)
                    .put("type", "string");
        }
        ObjectNode variables = query("variables", "Variables of the flow by name, each as `var.NAME=VALUE`", into);
        variables.put("type", "object").putObject("additionalProperties").put("type", "string");
    }

    /** Adds a parameter of the query. @return its schema, to be filled */
    private static ObjectNode query(String name, String says, ArrayNode into) {
        return into.addObject()
                .put("name", name)
                .put("in", "query")
                .put("required", false)
                .put("description", says)
                .putObject("schema");
    }

    private static void header(String name, String says, ArrayNode into) {
        into.addObject()
                .put("name", name)
                .put("in", "header")
                .put("required", false)
                .put("description", says)
                .putObject("schema")
                .put("type", "string");
    }

    private void parameter(Parameter parameter, ArrayNode into) {
        boolean inPath = parameter.isAnnotationPresent(PathVariable.class);
        RequestParam query = parameter.getAnnotation(RequestParam.class);
        if (parameter.getType() == Precondition.class) {
            header("If-Match", "The ETag that it must still have, or nothing is done", into);
        }
        if (!inPath && query == null) {
            return;
        }
        ObjectNode node = into.addObject();
        node.put("name", parameter.getName())
                .put("in", inPath ? "path" : "query")
                .put(
                        "required",
                        inPath || (query.required() && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)));
        Doc doc = parameter.getAnnotation(Doc.class);
        if (doc != null) {
            node.put("description", doc.value());
        }
        node.set("schema", schema(parameter.getType()));
    }

    private JsonNode schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                return JSON.objectNode().put("type", "array").set("items", schema(last));
            }
            if (generic.getRawType() == Map.class) {
                ObjectNode map = JSON.objectNode().put("type", "object");
                JsonNode each = schema(last);
                // Values of any kind go without saying; generators stumble over it where the map may be null.
                return each.isEmpty() ? map : map.set("additionalProperties", each);
            }
            return page(last);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return JSON.objectNode().put("type", "string");
        }
        if (raw == Instant.class) {
            return JSON.objectNode().put("type", "string").put("format", "date-time");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            if (raw == double.class || raw == Double.class) {
                return JSON.objectNode().put("type", "number").put("format", "double");
            }
            boolean isLong = raw == long.class || raw == Long.class;
            return JSON.objectNode().put("type", "integer").put("format", isLong ? "int64" : "int32");
        }
        if (raw.isEnum()) {
            ObjectNode choice = JSON.objectNode().put("type", "string");
            ArrayNode values = choice.putArray("enum");
            Arrays.stream(raw.getEnumConstants())
                    .map(constant -> WORDS.valueToTree(constant).textValue())
                    .forEach(values::add);
            return choice;
        }
        if (JsonNode.class.isAssignableFrom(raw)) {
            return JSON.objectNode();
        }
        if (!raw.isRecord()) {
            throw new IllegalStateException("no schema for " + raw);
        }
        Class<?> other = named.putIfAbsent(raw.getSimpleName(), raw);
        if (other != null && other != raw) {
            throw new IllegalStateException(raw + " and " + other + " would have one name in the document");
        }
        if (!schemas.containsKey(raw.getSimpleName())) {
            schemas.put(raw.getSimpleName(), JSON.objectNode());
            schemas.put(raw.getSimpleName(), record(raw));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + raw.getSimpleName());
    }

    /** A schema with a name of its own, so that generated clients have one for it. */
    private JsonNode page(Type item) {
        String name = ((Class<?>) item).getSimpleName() + "Page";
        if (!schemas.containsKey(name)) {
            schemas.put(name, wholePage(item));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode wholePage(Type item) {
        ObjectNode page = JSON.objectNode().put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject("data").put("type", "array").set("items", schema(item));
        ObjectNode next = properties.putObject("next");
        next.putArray("type").add("string").add("null");
        next.put("description", "Give it as 'after' to get what follows; null at the end");
        page.putArray("required").add("data").add("next");
        return page;
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode object = JSON.objectNode().put("type", "object");
        Doc doc = type.getAnnotation(Doc.class);
        if (doc != null) {
            object.put("description", doc.value());
        }
        object.put("additionalProperties", false);
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode schema = ((ObjectNode) schema(component.getGenericType())).deepCopy();
            if (nullable(component.getAnnotatedType()) && schema.has("type")) {
                String one = schema.get("type").asText();
                schema.putArray("type").add(one).add("null");
            } else if (nullable(component.getAnnotatedType()) && schema.has("$ref")) {
                ObjectNode ref = schema;
                schema = JSON.objectNode();
                schema.putArray("anyOf").add(ref).addObject().put("type", "null");
            }
            Doc says = component.getAnnotation(Doc.class);
            if (says != null) {
                schema.put("description", says.value());
            }
            properties.set(component.getName(), schema);
            required.add(component.getName());
        }
        return object;
    }

    private static ObjectNode problem() {
        ObjectNode object = JSON.objectNode().put("type", "object");
        object.put("description", "What went wrong (RFC 9457)");
        ObjectNode properties = object.putObject("properties");
        for (String name : List.of("type", "title", "detail", "instance", "code", "id")) {
            properties.putObject(name).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
        List.of("title", "status", "code", "id").forEach(object.putArray("required")::add);
        return object;
    }

    private static boolean nullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Type answer(Type type) {
        if (type instanceof ParameterizedType generic
                && (generic.getRawType() == CompletableFuture.class
                        || generic.getRawType() == DeferredResult.class
                        || generic.getRawType() == ResponseEntity.class)) {
            return answer(generic.getActualTypeArguments()[0]);
        }
        return type;
    }

    private static RequestMapping mapping(Method method) {
        return java.util.Objects.requireNonNull(
                AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class));
    }

    private static String path(Method method) {
        String[] path = mapping(method).path();
        return path.length == 0 ? "" : path[0];
    }
}
