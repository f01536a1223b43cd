package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where data is read: RFC 9535 JSONPath without the leading {@code $.}, relative to the record; with {@code $.} from the
 * root of the payload; {@code @} alone is the record itself. No match is missing. A path that can lead to several places
 * ({@code [*]}, slices, filters, {@code ..}) yields a list whenever it leads to at least one, so the type of the answer does
 * not depend on how many there are today. Names may hold {@code -} without quotes.
 *
 * <p>Paths of names, positions and {@code [*]} have an evaluator of their own, because they run for every field of every
 * record; everything else is {@link io.patchbay.expression.jsonpath.JsonPath}, on the same tree.
 */
@ReadBy(SourcePath.Reader.class)
public final class SourcePath {

    private static final Pattern NAMES = Pattern.compile("^(?:\\$\\.)?([A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*)(?=[.\\[])");

    private final String text;
    private final boolean fromRoot;
    private final @Nullable Path simple;
    private final @Nullable FullPath full;

    private SourcePath(String text, boolean fromRoot, @Nullable Path simple, @Nullable FullPath full) {
        this.text = text;
        this.fromRoot = fromRoot;
        this.simple = simple;
        this.full = full;
    }

    /** Compiles a path. @throws IllegalArgumentException when it is not one; the message says where and why */
    public static SourcePath of(String text) {
        try {
            return compile(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("path '" + text + "': " + e.what(), e);
        }
    }

    static SourcePath compile(String text) {
        if (text.equals("@")) {
            return new SourcePath(text, false, Path.SELF, null);
        }
        boolean fromRoot = text.startsWith("$");
        Cursor cursor = new Cursor(text, fromRoot ? 1 : 0);
        SyntaxException wrong;
        try {
            Path path = Path.read(cursor, !fromRoot);
            if (cursor.atEnd()) {
                return new SourcePath(text, fromRoot, path, null);
            }
            wrong = cursor.error("a path cannot go on with " + cursor.shown(), "write an odd name as ['the name']");
        } catch (SyntaxException e) {
            wrong = e;
        }
        Path single;
        try {
            single = FullPath.single(text, fromRoot);
        } catch (SyntaxException e) {
            throw FullPath.needed(text) || text.indexOf('(') >= 0 ? e : wrong;
        }
        return single != null
                ? new SourcePath(text, fromRoot, single, null)
                : new SourcePath(text, fromRoot, null, FullPath.compile(text, fromRoot));
    }

    /** The value for a record; missing when there is none. */
    public JsonNode find(JsonNode record, Scope scope) {
        JsonNode from = fromRoot ? scope.tree("payload") : record;
        return simple != null
                ? simple.find(from)
                : Objects.requireNonNull(full).find(from, () -> scope.tree("payload"));
    }

    /** The steps that it is made of; of a path with filters, slices or {@code ..} the names that it begins with. */
    public List<TargetPath.Step> steps() {
        if (simple != null) {
            return simple.segments().stream().map(SourcePath::step).toList();
        }
        Matcher names = NAMES.matcher(text);
        return names.find()
                ? Arrays.stream(names.group(1).split("\\.", -1))
                        .<TargetPath.Step>map(TargetPath.Member::new)
                        .toList()
                : List.of();
    }

    private static TargetPath.Step step(Path.Segment segment) {
        if (segment instanceof Path.Name name) {
            return new TargetPath.Member(name.name());
        }
        return segment instanceof Path.Index index ? new TargetPath.Item(index.index()) : new TargetPath.Every();
    }

    /** Whether it is made of names, positions and {@code [*]} alone. */
    public boolean plain() {
        return simple != null;
    }

    /** Whether it starts at the root of the payload. */
    public boolean fromRoot() {
        return fromRoot;
    }

    /**
     * How many {@code [*]} a target can be lined up with. A path with filters, slices or {@code ..} counts as one: what its last
     * filter, slice or union picked is lined up item by item, and for {@code ..} its answer.
     */
    public int wildcards() {
        return simple == null ? 1 : simple.sections().size() - 1;
    }

    /**
     * The stretches between the {@code [*]}s, one more than there are {@link #wildcards}; the first starts where this path
     * starts, each further one at an item.
     */
    public List<SourcePath> sections() {
        if (simple == null) {
            int picked = FullPath.picked(text);
            Path behind = picked < text.length() ? behind(picked) : Path.SELF;
            if (behind == null || behind.segments().isEmpty()) {
                return List.of(this, new SourcePath(text, false, Path.SELF, null));
            }
            FullPath items = FullPath.compile(text.substring(0, picked), fromRoot);
            return List.of(new SourcePath(text, fromRoot, null, items), new SourcePath(text, false, behind, null));
        }
        List<SourcePath> sections = new ArrayList<>();
        for (Path section : simple.sections()) {
            sections.add(new SourcePath(text, fromRoot && sections.isEmpty(), section, null));
        }
        return List.copyOf(sections);
    }

    /** What follows in the text when it leads to one place; else null. */
    private @Nullable Path behind(int from) {
        try {
            Cursor cursor = new Cursor(text, from);
            Path path = Path.read(cursor, false);
            return cursor.atEnd() && !path.several() ? path : null;
        } catch (SyntaxException e) {
            return null;
        }
    }

    /** Up to the so many first {@code [*]}, with those in it: a list of all that it leads to. */
    public SourcePath upTo(int wildcards) {
        return simple == null ? this : new SourcePath(text, fromRoot, simple.upTo(wildcards), null);
    }

    /** What follows the so many first {@code [*]}, with those in it: the whole path for none. */
    public SourcePath after(int wildcards) {
        if (wildcards == 0) {
            return this;
        }
        return simple == null ? sections().get(1) : new SourcePath(text, false, simple.after(wildcards), null);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads a path, with problems at the character. */
    public static final class Reader implements ValueReader<SourcePath> {

        @Override
        public @Nullable SourcePath read(Node node, Reading reading) {
            String path = reading.text(node, "a path");
            if (path == null) {
                return null;
            }
            try {
                return compile(path);
            } catch (SyntaxException e) {
                String hint = path.contains("${")
                        ? "a path stands by itself, without ${ and }: ${record.id} is written id"
                        : e.hint();
                reading.problems()
                        .error(
                                ((ScalarNode) node).at(e.index()),
                                "BAD_PATH",
                                "'" + path + "' is not a path: " + e.what(),
                                hint);
                return null;
            }
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "string")
                    .put("minLength", 1)
                    .put(
                            "description",
                            "JSONPath without the leading $., relative to the record; with $. from the root");
        }
    }
}
