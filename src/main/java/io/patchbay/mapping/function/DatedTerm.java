package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.Instants;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/**
 * A term that may also be a date, of functions that do not count with it.
 *
 * @param term the term
 */
@ReadBy(DatedTerm.Reader.class)
public record DatedTerm(Term term) {

    /** Reads {@code 2026-03-31}, and what {@link Term} reads. */
    static final class Reader implements ValueReader<DatedTerm> {

        @Override
        public @Nullable DatedTerm read(Node node, Reading reading) {
            if (node instanceof ScalarNode scalar
                    && !(scalar.value() instanceof Number)
                    && Instants.read(scalar.text()) != null) { // no name begins with a digit
                return new DatedTerm(Term.text(scalar.text(), node.at()));
            }
            Term term = reading.bind(node, Term.class);
            return term == null ? null : new DatedTerm(term);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            schema.putArray("type").add("number").add("string");
            return schema.put(
                    "description", "a number, a date, the path of a field of the record, or text with placeholders");
        }
    }
}
