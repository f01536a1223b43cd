package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Terms that may also be dates: one, or a list of them.
 *
 * @param terms the terms
 */
@ReadBy(DatedTerms.Reader.class)
public record DatedTerms(Terms terms) {

    /** Reads one term or a list, as {@link Terms} are read. */
    static final class Reader implements ValueReader<DatedTerms> {

        @Override
        public @Nullable DatedTerms read(Node node, Reading reading) {
            List<Term> terms = Terms.each(node, each -> {
                DatedTerm term = reading.bind(each, DatedTerm.class);
                return term == null ? null : term.term();
            });
            return terms == null ? null : new DatedTerms(new Terms(terms));
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Terms.schema(schemas, DatedTerm.class);
        }
    }
}
