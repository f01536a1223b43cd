package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.Percent;
import io.patchbay.connector.WholeText;
import io.patchbay.connector.Writing;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.payload.XmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.jspecify.annotations.Nullable;

/** Makes the bodies of an endpoint's requests. */
final class RequestBody {

    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded");
    private static final ContentType JSON = ContentType.create("application/json");
    private static final ContentType XML = ContentType.create("application/xml", StandardCharsets.UTF_8);
    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);

    private static final long MOST_SIGNED = 64L << 20;

    private final @Nullable Content content;
    private final Writing writing;
    private final Path spill;

    /**
     * Bodies of this content; null sends payloads as they are.
     *
     * @param spill where bodies stand that are too large for memory
     */
    RequestBody(@Nullable Content content, Writing writing, Path spill) {
        this.content = content;
        this.writing = writing;
        this.spill = spill;
    }

    /**
     * The body of one call, or null for none.
     *
     * @param more members for a JSON body, or variables for a GraphQL query: a cursor, an idempotency key
     */
    @Nullable
    HttpEntity of(CallScope call, Map<String, JsonNode> more) throws StepException {
        BatchConfig batch = writing.batch();
        boolean rows = batch != null && batch.mode() == BatchConfig.Mode.CSV;
        CallScope scope = rows ? call.withPayload(CsvText.of(call.payload())) : call;
        if (batch != null && batch.mode() == BatchConfig.Mode.MULTIPART) {
            return Multipart.records(
                    writing.at().isEmpty() ? "record" : writing.at().get(0),
                    scope.payload().records());
        }
        if (content instanceof Content.FormatContent formed) {
            return scope.payload().isEmpty() ? null : ContentEntity.of(scope, formed.config(), spill);
        }
        if (content instanceof Content.MultipartContent parts) {
            return Multipart.of(parts, scope);
        }
        if (content == null) {
            return writing.at().isEmpty() && more.isEmpty()
                    ? payload(scope.payload())
                    : new ByteArrayEntity(bytes(with(described(scope), more)), JSON);
        }
        if (content instanceof Content.JsonContent json) {
            return new ByteArrayEntity(bytes(with(enveloped(json.tree().value(scope), scope), more)), JSON);
        }
        if (content instanceof Content.GraphqlContent graphql) {
            JsonNode tree = graphql.tree().value(scope);
            tree = writing.at().isEmpty() ? tree : with(tree, Map.of("variables", enveloped(variables(tree), scope)));
            return new ByteArrayEntity(bytes(more.isEmpty() ? tree : withVariables(tree, more)), JSON);
        }
        if (content instanceof Content.FormContent form) {
            return new ByteArrayEntity(WholeText.utf8(form(form, scope)), FORM);
        }
        if (content instanceof Content.SoapContent soap) {
            return SoapEnvelope.of(soap, scope);
        }
        if (content instanceof Content.XmlText || content instanceof Content.XmlTree) {
            return new ByteArrayEntity(WholeText.utf8(xml(content, scope)), XML);
        }
        if (content instanceof Content.TextContent text) {
            return new ByteArrayEntity(WholeText.utf8(text.text().text(scope)), TEXT);
        }
        return null;
    }

    /** The JSON value of a body that a schema describes, with further members: of a GraphQL request its variables. */
    JsonNode described(CallScope scope, Map<String, JsonNode> more) throws StepException {
        return with(described(scope), more);
    }

    private JsonNode described(CallScope scope) throws StepException {
        if (content instanceof Content.JsonContent json) {
            return enveloped(json.tree().value(scope), scope);
        }
        if (content instanceof Content.GraphqlContent graphql) {
            return variables(graphql.tree().value(scope));
        }
        return writing.at().isEmpty() ? scope.payload().tree() : enveloped(Json.NODES.objectNode(), scope);
    }

    /** What an entity sends, to be signed. @throws StepException when it is too large to be held in memory */
    static byte[] bytes(@Nullable HttpEntity entity) throws StepException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > MOST_SIGNED) {
            throw new StepException(
                    Owner.LIMIT,
                    "BODY_TOO_LARGE",
                    "a body of " + entity.getContentLength() + " bytes is too large to be signed; at most "
                            + MOST_SIGNED + " bytes can be");
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            entity.writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "SPILL_FAILED", "the body to be signed cannot be read", e);
        }
    }

    static @Nullable HttpEntity payload(Payload payload) {
        Body body = payload.body();
        if (body instanceof Body.Tree json) {
            return new ByteArrayEntity(bytes(json.tree()), JSON);
        }
        if (body instanceof Body.Bytes raw) {
            return new ByteArrayEntity(raw.bytes(), type(raw));
        }
        return body instanceof Body.Stored stored ? new FileEntity(stored.file().toFile(), type(stored)) : null;
    }

    static ContentType type(Body body) {
        ContentType type = MediaType.of(body.contentType());
        return type == null ? ContentType.APPLICATION_OCTET_STREAM : type;
    }

    /** A value with further members; dots in their names lead to one below another. */
    private static JsonNode with(JsonNode tree, Map<String, JsonNode> more) throws StepException {
        JsonNode all = tree;
        for (Map.Entry<String, JsonNode> member : more.entrySet()) {
            all = put(all, List.of(member.getKey().split("\\.")), member.getValue());
        }
        return all;
    }

    private static JsonNode put(JsonNode tree, List<String> at, JsonNode value) throws StepException {
        if (at.isEmpty()) {
            return value;
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_BODY",
                    "a cursor, an idempotency key or a list of records can go into an object only, and there is "
                            + (tree.isArray() ? "an array" : "no object") + " where '" + at.get(0) + "' would be");
        }
        ObjectNode copy = Json.NODES.objectNode();
        copy.setAll(object);
        JsonNode below = object.path(at.get(0));
        JsonNode inner = below.isMissingNode() ? Json.NODES.objectNode() : below;
        copy.set(at.get(0), put(inner, at.subList(1, at.size()), value));
        return copy;
    }

    private static JsonNode withVariables(JsonNode tree, Map<String, JsonNode> more) throws StepException {
        return with(tree, Map.of("variables", with(variables(tree), more)));
    }

    private static JsonNode variables(JsonNode tree) {
        JsonNode variables = tree.path("variables");
        return variables.isObject() ? variables : Json.NODES.objectNode();
    }

    /** A body with the payload's records at their place. */
    private JsonNode enveloped(JsonNode tree, CallScope scope) throws StepException {
        if (writing.at().isEmpty()) {
            return tree;
        }
        JsonNode records = Json.NODES.arrayNode().addAll(scope.payload().records());
        return put(tree, writing.at(), records);
    }

    private static String form(Content.FormContent form, CallScope scope) throws StepException {
        StringBuilder text = new StringBuilder();
        for (Parameter field : form.fields()) {
            for (Map.Entry<String, String> one : fields(form, field, scope)) {
                text.append(text.isEmpty() ? "" : "&");
                Percent.component(one.getKey(), text);
                text.append('=');
                Percent.component(one.getValue(), text);
            }
        }
        return text.toString();
    }

    private static List<Map.Entry<String, String>> fields(Content.FormContent form, Parameter field, CallScope scope)
            throws StepException {
        if (field.each()) {
            return field.members(
                    scope,
                    name -> form.fields().stream()
                            .anyMatch(other -> other.name().equals(name)));
        }
        String value = field.text(scope);
        return value == null ? List.of() : List.of(Map.entry(field.name(), value));
    }

    /** A document as text. @throws StepException when a value cannot stand in XML */
    static String xml(Content content, CallScope scope) throws StepException {
        try {
            return content instanceof Content.XmlTree made
                    ? XmlWriter.write(made.tree().value(scope))
                    : ((Content.XmlText) content).text().text(scope, XmlWriter::escaped);
        } catch (IllegalArgumentException e) {
            throw new StepException(Owner.AUTHOR, "BAD_XML", String.valueOf(e.getMessage()));
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return Json.MAPPER.writeValueAsBytes(tree);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            if (String.valueOf(e.getMessage()).contains("surrogate")) {
                throw WholeText.half("a surrogate");
            }
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
