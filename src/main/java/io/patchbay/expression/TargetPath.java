package io.patchbay.expression;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is written: names, {@code [n]} and {@code [*]} only, beginning with a name.
 *
 * @param steps from the outside in
 * @param text as it was written
 */
@ReadBy(TargetPath.Reader.class)
public record TargetPath(List<Step> steps, String text) {

    /** Largest position: an author's slip must not make a list of a billion items. */
    public static final int MOST_ITEMS = 10_000;

    public TargetPath {
        steps = List.copyOf(steps);
    }

    /** One step. */
    public sealed interface Step {}

    /** A member of an object. */
    public record Member(String name) implements Step {}

    /** An item of a list. */
    public record Item(int index) implements Step {}

    /** Every item of a list. */
    public record Every() implements Step {}

    /** Compiles a path. @throws IllegalArgumentException when it is not one */
    public static TargetPath of(String text) {
        try {
            return compile(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("target '" + text + "': " + e.what(), e);
        }
    }

    private static TargetPath compile(String text) {
        Cursor cursor = new Cursor(text, 0);
        Path path = Path.read(cursor, true);
        if (!cursor.atEnd()) {
            throw cursor.error("a target cannot go on with " + cursor.shown(), null);
        }
        if (!(path.segments().get(0) instanceof Path.Name)) {
            throw new SyntaxException(0, "BAD_PATH", "a target begins with a name", null);
        }
        return new TargetPath(path.segments().stream().map(TargetPath::step).toList(), text);
    }

    private static Step step(Path.Segment segment) {
        if (segment instanceof Path.Name name) {
            return new Member(name.name());
        }
        if (segment instanceof Path.Index index) {
            if (index.index() < 0 || index.index() >= MOST_ITEMS) {
                throw new SyntaxException(
                        0, "BAD_PATH", "position " + index.index() + " is not from 0 to " + (MOST_ITEMS - 1), null);
            }
            return new Item(index.index());
        }
        return new Every();
    }

    /** How many {@code [*]} there are. */
    public int wildcards() {
        return (int) steps.stream().filter(Every.class::isInstance).count();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads a target, with problems at the character. */
    public static final class Reader implements ValueReader<TargetPath> {

        @Override
        public @Nullable TargetPath read(Node node, Reading reading) {
            String path = reading.text(node, "a target");
            if (path == null) {
                return null;
            }
            try {
                return compile(path);
            } catch (SyntaxException e) {
                reading.problems()
                        .error(
                                ((ScalarNode) node).at(e.index()),
                                "BAD_PATH",
                                "'" + path + "' is not a target: " + e.what(),
                                "a target holds names, [n] and [*], like lines[*].item");
                return null;
            }
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "string")
                    .put("minLength", 1)
                    .put("description", "Where to write: names, [n] and [*], like lines[*].item");
        }
    }
}
