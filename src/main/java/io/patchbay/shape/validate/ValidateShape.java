package io.patchbay.shape.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.payload.XmlWriter;
import io.patchbay.payload.schema.FlowSchemas;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.Violation;
import io.patchbay.payload.schema.XmlSchema;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Holds records to a schema. */
public final class ValidateShape implements ShapeType<ValidateShape.ValidateSettings> {

    private static final int NAMED = 5;

    private static final ShapeSpec SPEC = new ShapeSpec(
            "validate",
            "Lets only records pass that are as a schema says.",
            """
            `schema` is a JSON Schema (2020-12): the name of a file in `routes/schemas`, or the schema itself. Each record is held to it. Those
            that conform go on together, unchanged; one that does not is a failed payload of its own, whose message names up to five
            places in it and what was expected there. Patterns are RE2, `format` is a remark and no rule, and a `$ref` stays in its document.

            `xsd` is an XML Schema (XSD 1.0) in `routes/schemas`. A payload that is XML is held to it as it stands, as a whole. Where a payload is
            JSON, each record is written as XML the way [decision 22](../../decisions/0022-xml-is-a-json-value.md) has it: an object with
            one member, the root element; or, with `element`, the record is that element's content. `namespace` is the element's
            default namespace, for a schema that has one. Neither schema nor document may reach for anything: includes, imports by
            place, document types and entities are refused.

            With `onError: skip`, or in a `try`, the others go on; without, the run ends at the first that does not conform.
            """,
            "Nothing: what does not conform is kept as failed, with the reason.",
            """
            flow: only-whole-orders
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, total: 10 }, { id: 2, total: 12.5 } ] }
              - id: whole
                validate:
                  schema:
                    type: object
                    required: [ id, total ]
                    properties: { id: { type: integer }, total: { type: number, minimum: 0 } }
                onError: skip
            """);

    /** Settings. */
    @Doc("What records are held to")
    public record ValidateSettings(
            @Doc("A JSON Schema, or the name of its file in routes/schemas, like order.json") @Nullable
            SchemaChoice schema,

            @Doc("Name of an XML Schema's file in routes/schemas, like order.xsd") @Nullable
            String xsd,

            @Doc("With xsd: the name of the element whose content a JSON record is") @Nullable
            String element,

            @Doc("With xsd: default namespace of the root element that is written for a JSON record") @Nullable
            String namespace) {

        /** @throws IllegalArgumentException unless there is one schema, and words of XML only for an XML Schema */
        public ValidateSettings {
            if ((schema == null) == (xsd == null)) {
                throw new IllegalArgumentException("'validate' needs either 'schema' or 'xsd'");
            }
            if (xsd == null && (element != null || namespace != null)) {
                throw new IllegalArgumentException("'element' and 'namespace' belong to 'xsd'");
            }
        }

        @Nullable
        String file() {
            return xsd != null ? xsd : schema == null ? null : schema.file();
        }

        String key() {
            return xsd != null ? "xsd" : "schema";
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ValidateSettings> settings() {
        return ValidateSettings.class;
    }

    @Override
    public Contract contract(ValidateSettings settings, Surroundings around) {
        return Contract.atMostOne();
    }

    private static FlowSchemas schemas(Surroundings around) {
        return around.services().get(FlowSchemas.class) instanceof FlowSchemas found ? found : FlowSchemas.NONE;
    }

    @Override
    public void check(ValidateSettings settings, Placed at, Surroundings around, Problems problems) {
        String file = settings.file();
        if (file == null) {
            return;
        }
        String ending = settings.xsd() == null ? ".json" : ".xsd";
        if (!file.endsWith(ending)) {
            problems.error(
                    at.at(settings.key()),
                    "BAD_VALUE",
                    "'" + settings.key() + "' names a file that ends with " + ending + ", found '" + file + "'",
                    "files of schemas stand in routes/schemas");
            return;
        }
        FlowSchemas.Named named = schemas(around).named(file);
        if (named == null) {
            problems.error(
                    at.at(settings.key()),
                    "UNKNOWN_SCHEMA",
                    "there is no schema '" + file + "'",
                    schemas(around).names().isEmpty()
                            ? "put it into routes/schemas"
                            : DidYouMean.hint(file, schemas(around).names()));
        } else if (!named.right()) {
            problems.error(
                    at.at(settings.key()),
                    "BAD_SCHEMA",
                    "the schema '" + file + "' has mistakes",
                    "see what is said of " + named.source().path());
        }
    }

    @Override
    public String fingerprint(ValidateSettings settings, Surroundings around) {
        String file = settings.file();
        FlowSchemas.Named named = file == null ? null : schemas(around).named(file);
        return named == null ? "" : named.source().text();
    }

    @Override
    public boolean keepsRecords(ValidateSettings settings) {
        return true;
    }

    @Override
    public Plan plan(ValidateSettings settings, Placed at, Surroundings around) {
        String file = settings.file();
        FlowSchemas.Named named =
                file == null ? null : Objects.requireNonNull(schemas(around).named(file));
        RecordWork.After after = (payload, records, same) ->
                records.isEmpty() && payload.recordCount() > 0 ? null : same ? payload : payload.withRecords(records);
        if (settings.xsd() != null) {
            XmlSchema schema =
                    Objects.requireNonNull(Objects.requireNonNull(named).xml());
            RecordWork records = new RecordWork((record, scope) -> held(settings, schema, record), after);
            return new Plan.PerPayload((payload, attempt) ->
                    isXml(payload.body()) ? document(settings, schema, payload) : records.apply(payload, attempt));
        }
        PayloadSchema schema = named != null
                ? Objects.requireNonNull(named.json())
                : Objects.requireNonNull(
                        Objects.requireNonNull(settings.schema()).inline());
        String name = file == null ? "the schema" : file;
        return new Plan.PerPayload(new RecordWork((record, scope) -> held(name, schema, record), after));
    }

    private static JsonNode held(String name, PayloadSchema schema, JsonNode record) throws StepException {
        List<Violation> violations = schema.violations(record);
        if (!violations.isEmpty()) {
            throw not(name, violations.stream().map(Violation::plain).toList(), PayloadSchema.MOST);
        }
        return record;
    }

    private static JsonNode held(ValidateSettings settings, XmlSchema schema, JsonNode record) throws StepException {
        String text;
        try {
            text = XmlWriter.write(root(settings, record));
        } catch (IllegalArgumentException e) {
            throw new StepException(
                    Owner.AUTHOR, "NOT_XML", e.getMessage() + "; 'element' names the element that a record is");
        }
        held(settings, schema, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), text);
        return record;
    }

    private static JsonNode root(ValidateSettings settings, JsonNode record) {
        JsonNode root =
                settings.element() == null ? record : Json.NODES.objectNode().set(settings.element(), record);
        String namespace = settings.namespace();
        if (namespace == null || !root.isObject() || root.size() != 1) {
            return root;
        }
        String name = root.fieldNames().next();
        JsonNode content = root.get(name);
        var with = Json.NODES.objectNode().put("@xmlns", namespace);
        if (content.isObject()) {
            content.properties().forEach(member -> with.set(member.getKey(), member.getValue()));
        } else if (!content.isArray()) {
            with.set("#text", content.isNull() ? Json.NODES.textNode("") : content);
        } else {
            return root;
        }
        return Json.NODES.objectNode().set(name, with);
    }

    private static Payload document(ValidateSettings settings, XmlSchema schema, Payload payload) throws StepException {
        try (InputStream in = payload.stream()) {
            held(settings, schema, in, "<");
            return payload;
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_XML", "the content cannot be read", e);
        }
    }

    private static void held(ValidateSettings settings, XmlSchema schema, InputStream document, String start)
            throws StepException {
        try (document) {
            List<String> violations = schema.violations(document);
            if (!violations.isEmpty()) {
                throw not(String.valueOf(settings.xsd()), violations, PayloadSchema.MOST);
            }
        } catch (XMLStreamException e) {
            throw new StepException(Owner.REMOTE, "NOT_XML", NotXml.sentence(e, start));
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_XML", "the content cannot be read", e);
        }
    }

    private static boolean isXml(Body body) {
        String type = body.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return !(body instanceof Body.Tree) && (type.endsWith("/xml") || type.endsWith("+xml"));
    }

    private static StepException not(String name, List<String> violations, int most) {
        int more = violations.size() - NAMED;
        String text = violations.stream().limit(NAMED).collect(Collectors.joining("; "));
        String further = more <= 0 ? "" : "; and " + more + (violations.size() == most ? " or more" : " more");
        return new StepException(Owner.REMOTE, "NOT_IN_SCHEMA", "not as " + name + " says: " + text + further);
    }
}
