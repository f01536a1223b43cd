package io.patchbay.payload.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A JSON Schema (2020-12) that was read and checked; safe for use by several threads. Nothing is fetched, patterns take linear
 * time, and {@code format} is a remark and no rule, as the standard has it.
 */
public final class PayloadSchema {

    /** Most violations that are named of one value. */
    public static final int MOST = 20;

    /** Of a value with more members than these the first violation is named only: each further one costs memory. */
    private static final int LARGE = 10_000;

    private static final int LONGEST = 300;

    private final JsonNode document;
    private final JsonSchema schema;

    PayloadSchema(JsonNode document) {
        this.document = document;
        this.schema = factory().getSchema(document, config(PathType.JSON_POINTER));
        schema.initializeValidators();
    }

    /** A factory that reads nothing from anywhere. */
    private static JsonSchemaFactory factory() {
        return JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
    }

    static SchemaValidatorsConfig config(PathType paths) {
        return SchemaValidatorsConfig.builder()
                .pathType(paths)
                .locale(Locale.ENGLISH)
                .regularExpressionFactory(LinearExpression::of)
                .build();
    }

    /** The schema as it was written. */
    public JsonNode document() {
        return document;
    }

    /** What of a value is not as the schema says, at most {@link #MOST}; empty when all is. */
    public List<Violation> violations(JsonNode value) {
        boolean large = large(value);
        Set<ValidationMessage> messages =
                schema.validate(value, context -> context.getExecutionConfig().setFailFast(large));
        List<Violation> violations = new ArrayList<>();
        for (ValidationMessage message : messages) {
            if (violations.size() == MOST) {
                break;
            }
            violations.add(violation(value, message));
        }
        return violations;
    }

    private static Violation violation(JsonNode value, ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        StringBuilder path = new StringBuilder("$");
        JsonNode at = value;
        for (String part : parts(pointer)) {
            path.append(at.isArray() ? "[" + part + "]" : "." + part);
            at = at.isArray() ? at.path(Integer.parseInt(part)) : at.path(part);
        }
        return new Violation(cut(path.toString()), cut(message.getError()), pointer, at);
    }

    /** The parts of a pointer (RFC 6901). */
    static List<String> parts(String pointer) {
        List<String> parts = new ArrayList<>();
        if (!pointer.isEmpty()) {
            for (String part : pointer.substring(1).split("/", -1)) {
                parts.add(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return parts;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static boolean large(JsonNode value) {
        return count(value, 0) > LARGE;
    }

    private static int count(JsonNode value, int before) {
        int count = before + 1;
        for (JsonNode child : value) {
            if (count > LARGE) {
                return count;
            }
            count = count(child, count);
        }
        return count;
    }

    /** How a validation by the standard's own schema is asked for. */
    static Set<ValidationMessage> ofMetaSchema(JsonNode document) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(
                        com.networknt.schema.SchemaLocation.of(com.networknt.schema.SchemaId.V202012),
                        config(PathType.JSON_POINTER))
                .validate(document);
    }
}
