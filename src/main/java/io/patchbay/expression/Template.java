package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A compiled text with placeholders.
 *
 * <ul>
 *   <li>{@code ${record.customer.email}}: a path of names, {@code [0]}, {@code [-1]}, {@code [*]}, {@code ['odd name']}
 *   <li>{@code ${record.note ?? 'none'}}: another one, or a literal, where there is no value (missing or null)
 *   <li>{@code ${run.queuedAt - 2h}}: an instant, shifted by a duration
 *   <li><code>$${</code>: the characters <code>${</code> themselves
 * </ul>
 *
 * <p>What a placeholder yields is data: it is never looked at for placeholders again, nor by any other language. Immutable,
 * safe for use by several threads.
 */
@ReadBy(TemplateReader.class)
public final class Template {

    private final String source;
    private final Location at;
    private final JsonNode literal;
    private final List<Object> parts;
    private final Set<Ref> reads;

    private Template(ScalarNode node, List<Object> parts) {
        this.source = node.text();
        this.at = node.at();
        this.parts = List.copyOf(parts);
        this.literal = node.value() instanceof String
                ? JsonNodeFactory.instance.textNode(parts.isEmpty() ? "" : String.valueOf(parts.get(0)))
                : Literals.json(node);
        Set<Ref> found = new LinkedHashSet<>();
        for (Object part : parts) {
            if (part instanceof Placeholder placeholder) {
                placeholder.operands().stream()
                        .filter(Operand.Reference.class::isInstance)
                        .forEach(operand -> found.add(((Operand.Reference) operand).ref()));
            }
        }
        this.reads = Set.copyOf(found);
    }

    /**
     * Compiles a scalar. A number, boolean or null that is not quoted is a constant of that type.
     *
     * @param roots what may be read here, see {@link Roots}
     * @return the template, or null when it was wrong; then problems has at least one more error
     */
    public static @Nullable Template parse(ScalarNode node, Set<String> roots, Problems problems) {
        long before = problems.errors();
        List<Object> parts = new TemplateParser(node, roots, problems).parts();
        return problems.errors() > before ? null : new Template(node, parts);
    }

    /**
     * The value: of the type that the placeholder yields when the text is one placeholder and nothing else, text otherwise.
     *
     * @throws ExpressionException when a placeholder has no value and no {@code ??}
     */
    public JsonNode value(Scope scope) {
        if (constant()) {
            return literal;
        }
        Placeholder whole = whole();
        return whole != null ? whole.value(scope) : JsonNodeFactory.instance.textNode(text(scope));
    }

    /** Like {@link #value}, but missing where the text is one placeholder that has no value. */
    public JsonNode find(Scope scope) {
        Placeholder whole = whole();
        return whole != null ? whole.find(scope) : value(scope);
    }

    /**
     * The text; lists are joined with a comma.
     *
     * @throws ExpressionException when a placeholder has no value, or null, and no {@code ??}
     */
    public String text(Scope scope) {
        return text(scope, UnaryOperator.identity());
    }

    /**
     * The text, for a language of its own.
     *
     * @param escape makes what a placeholder yields harmless in that language; what the author wrote stays as it is, and
     *     so do the commas of a list
     * @throws ExpressionException when a placeholder has no value, or null, and no {@code ??}
     */
    public String text(Scope scope, UnaryOperator<String> escape) {
        if (constant()) {
            return Values.text(literal);
        }
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part instanceof Placeholder placeholder ? placeholder.text(scope, escape) : part);
        }
        return text.toString();
    }

    /** What it reads. */
    public Set<Ref> reads() {
        return reads;
    }

    /** Whether it reads nothing. */
    public boolean constant() {
        return parts.stream().noneMatch(Placeholder.class::isInstance);
    }

    /** The value of a constant. @throws IllegalStateException when it is none */
    public JsonNode constantValue() {
        if (!constant()) {
            throw new IllegalStateException("'" + source + "' is not constant");
        }
        return literal;
    }

    /** Where it stands. */
    public Location at() {
        return at;
    }

    /** Whether it is one placeholder and nothing else, so that its value may be of any type; else it is a text, or a constant. */
    public boolean single() {
        return whole() != null;
    }

    private @Nullable Placeholder whole() {
        return parts.size() == 1 && parts.get(0) instanceof Placeholder placeholder ? placeholder : null;
    }

    /** The text as it was written. */
    @Override
    public String toString() {
        return source;
    }
}
