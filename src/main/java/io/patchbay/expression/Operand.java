package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.problem.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a placeholder tries, in order, until one has a value. */
sealed interface Operand {

    /** The value; missing when there is none. */
    JsonNode find(Scope scope);

    /** A value written in the file. */
    record Literal(JsonNode value) implements Operand {
        @Override
        public JsonNode find(Scope scope) {
            return value;
        }
    }

    /**
     * A value read from the scope.
     *
     * @param root first word
     * @param path what follows it
     * @param shift added to an instant, or null
     * @param at where it stands
     */
    record Reference(String root, Path path, @Nullable Duration shift, Location at) implements Operand {

        @Override
        public JsonNode find(Scope scope) {
            JsonNode value = unshifted(scope);
            if (shift == null || Values.absent(value)) {
                return value;
            }
            Instant instant = value.isTextual() ? Instants.parse(value.textValue()) : null;
            if (instant == null) {
                throw new ExpressionException("NOT_A_DATE", "the value of " + root + shown() + " is not a date", at);
            }
            return JsonNodeFactory.instance.textNode(instant.plus(shift).toString());
        }

        Ref ref() {
            return new Ref(root, path.names(), at);
        }

        private JsonNode unshifted(Scope scope) {
            if (root.equals("table")) {
                LookupTable table = scope.table(name(0));
                String value = table == null ? null : table.value(name(1));
                return orMissing(value == null ? null : JsonNodeFactory.instance.textNode(value));
            }
            if (Roots.NAMED.contains(root)) {
                return named(scope);
            }
            if (root.equals("run") && path.segments().size() == 1 && name(0).equals("queuedAt")) {
                return JsonNodeFactory.instance.textNode(scope.queuedAt().toString());
            }
            return path.find(scope.tree(root));
        }

        /** Metadata is flat: {@code meta.path.sku} is the value called {@code path.sku}, or sku in a value called path. */
        private JsonNode named(Scope scope) {
            int size = path.segments().size();
            if (size > 1 && path.segments().stream().allMatch(Path.Name.class::isInstance)) {
                String whole = path.segments().stream()
                        .map(segment -> ((Path.Name) segment).name())
                        .collect(Collectors.joining("."));
                JsonNode value = scope.named(root, whole);
                if (value != null) {
                    return value;
                }
            }
            JsonNode value = orMissing(scope.named(root, name(0)));
            return size == 1 ? value : new Path(path.segments().subList(1, size)).find(value);
        }

        private String name(int segment) {
            return path.segments().get(segment) instanceof Path.Name name ? name.name() : "";
        }

        private String shown() {
            return path.segments().isEmpty() ? "" : " (" + ref().name() + ")";
        }

        private static JsonNode orMissing(@Nullable JsonNode value) {
            return value == null ? MissingNode.getInstance() : value;
        }
    }
}
