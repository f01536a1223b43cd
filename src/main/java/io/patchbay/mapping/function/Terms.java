package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Further values in their order: one, or a list of them.
 *
 * @param list the terms
 */
@ReadBy(Terms.Reader.class)
public record Terms(List<Term> list) {

    public Terms {
        list = List.copyOf(list);
    }

    /** What they read besides the record. */
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        list.forEach(term -> reads.addAll(term.reads()));
        return reads;
    }

    /** The paths of the record that they read. */
    public List<FieldRef> fields() {
        return list.stream().flatMap(term -> term.fields().stream()).toList();
    }

    /** Each of one or a list; nothing where a function's name stands alone; null when one cannot be read. */
    static @Nullable List<Term> each(Node node, Function<Node, @Nullable Term> read) {
        if (node instanceof MapNode map && map.entries().isEmpty()) {
            return List.of();
        }
        List<Node> nodes = node instanceof ListNode list ? list.items() : List.of(node);
        List<Term> terms = new ArrayList<>();
        for (Node each : nodes) {
            Term term = read.apply(each);
            if (term != null) {
                terms.add(term);
            }
        }
        return terms.size() < nodes.size() ? null : terms;
    }

    /** One of a type, or a list. */
    static ObjectNode schema(Schemas schemas, Class<?> type) {
        ObjectNode schema = Json.NODES.objectNode();
        var forms = schema.putArray("oneOf");
        forms.add(schemas.of(type));
        forms.addObject().put("type", "array").set("items", schemas.of(type));
        return schema;
    }

    /** Reads one term or a list. */
    static final class Reader implements ValueReader<Terms> {

        @Override
        public @Nullable Terms read(Node node, Reading reading) {
            List<Term> terms = each(node, one -> reading.bind(one, Term.class));
            return terms == null ? null : new Terms(terms);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Terms.schema(schemas, Term.class);
        }
    }
}
