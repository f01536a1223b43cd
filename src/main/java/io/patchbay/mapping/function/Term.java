package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A further value that a function works with: a number, the path of a field of the record, or a text with placeholders.
 * Where it may also be a date it is a {@link DatedTerm}.
 */
@ReadBy(Term.Reader.class)
public final class Term {

    private final String written;
    private final Location at;
    private final @Nullable JsonNode constant;
    private final @Nullable SourcePath path;
    private final @Nullable Template template;

    private Term(
            String written,
            Location at,
            @Nullable JsonNode constant,
            @Nullable SourcePath path,
            @Nullable Template template) {
        this.written = written;
        this.at = at;
        this.constant = constant;
        this.path = path;
        this.template = template;
    }

    /** A text that stands in the file as it is. */
    static Term text(String text, Location at) {
        return new Term(text, at, Json.NODES.textNode(text), null, null);
    }

    /** The value; missing when there is none. */
    public JsonNode value(JsonNode record, Scope scope) {
        if (constant != null) {
            return constant;
        }
        return path != null
                ? path.find(record, scope)
                : java.util.Objects.requireNonNull(template).find(scope);
    }

    /** The number. @throws FunctionException when it is none */
    public BigDecimal number(JsonNode record, Scope scope) {
        JsonNode value = value(record, scope);
        BigDecimal number = Values.number(value);
        if (number == null) {
            throw new FunctionException("'" + written + "' is not a number, it is " + Found.kind(value));
        }
        return number;
    }

    /** The number that is written in the file; null when it hangs on the record. */
    public @Nullable BigDecimal constantNumber() {
        return constant == null || !constant.isNumber() ? null : constant.decimalValue();
    }

    /** What it reads besides the record. */
    public Set<Ref> reads() {
        return template == null ? Set.of() : template.reads();
    }

    /** The path of the record that it is, if it is one. */
    public List<FieldRef> fields() {
        return path == null ? List.of() : List.of(new FieldRef(path, at));
    }

    /** As it was written. */
    @Override
    public String toString() {
        return written;
    }

    /** Reads {@code 1.2}, {@code order.quantity} or {@code "${flow.rate ?? 1}"}. */
    static final class Reader implements ValueReader<Term> {

        @Override
        public @Nullable Term read(Node node, Reading reading) {
            if (node instanceof ScalarNode scalar && scalar.value() instanceof Number) {
                BigDecimal number = new BigDecimal(scalar.value().toString());
                return new Term(scalar.text(), node.at(), Found.node(number), null, null);
            }
            String text = reading.text(node, "a number, a path or a placeholder");
            if (text == null) {
                return null;
            }
            if (text.contains("${")) {
                Template template = reading.bind(node, Template.class);
                return template == null ? null : new Term(text, node.at(), null, null, template);
            }
            SourcePath path = reading.bind(node, SourcePath.class);
            return path == null ? null : new Term(text, node.at(), null, path, null);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            schema.putArray("type").add("number").add("string");
            return schema.put("description", "a number, the path of a field of the record, or text with placeholders");
        }
    }
}
