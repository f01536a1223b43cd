package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of names, positions and {@code [*]}, evaluated without interpretation or copies: this runs for every field of every
 * record, so it does not go through a general JSONPath engine. Names are interned, as those of records that are read are, so that a
 * look-up compares no characters.
 */
final class Path {

    static final Path SELF = new Path(List.of());

    private final List<Segment> segments;
    private final Segment[] steps;
    private final boolean several;
    /** The name that all of it is; null when it is more, or less. */
    private final @Nullable String only;

    /** @param segments from the outside in */
    Path(List<Segment> segments) {
        this.segments = List.copyOf(segments);
        this.steps = this.segments.toArray(Segment[]::new);
        this.several = this.segments.stream().anyMatch(Each.class::isInstance);
        this.only = steps.length == 1 && steps[0] instanceof Name name ? name.name() : null;
    }

    /** From the outside in. */
    List<Segment> segments() {
        return segments;
    }

    /** One step of a path. */
    sealed interface Segment {}

    /** A member of an object. */
    record Name(String name) implements Segment {
        Name {
            name = name.intern();
        }
    }

    /** An item of a list; -1 is the last. */
    record Index(int index) implements Segment {}

    /** Every item of a list, or every member value of an object. */
    record Each() implements Segment {}

    /** Whether the path may lead to several places. */
    boolean several() {
        return several;
    }

    /** The names that it begins with. */
    List<String> names() {
        return segments.stream()
                .takeWhile(Name.class::isInstance)
                .map(segment -> ((Name) segment).name())
                .toList();
    }

    /** The value; a list of all values when the path may lead to several places; missing when there is none. */
    JsonNode find(JsonNode from) {
        if (only != null) {
            return from.path(only);
        }
        if (!several) {
            JsonNode node = from;
            for (Segment segment : steps) {
                node = step(node, segment);
            }
            return node;
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        collect(from, 0, all);
        return all.isEmpty() ? MissingNode.getInstance() : all;
    }

    private void collect(JsonNode from, int depth, ArrayNode into) {
        if (from.isMissingNode()) {
            return;
        }
        if (depth == segments.size()) {
            into.add(from);
        } else if (segments.get(depth) instanceof Each) {
            for (JsonNode child : from) {
                collect(child, depth + 1, into);
            }
        } else {
            collect(step(from, segments.get(depth)), depth + 1, into);
        }
    }

    private static JsonNode step(JsonNode node, Segment segment) {
        if (segment instanceof Name name) {
            return node.path(name.name());
        }
        int index = ((Index) segment).index();
        return node.path(index < 0 ? node.size() + index : index);
    }

    /** The part before each {@code [*]}, and the part after the last one. */
    List<Path> sections() {
        List<Path> sections = new ArrayList<>();
        List<Segment> section = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment instanceof Each) {
                sections.add(new Path(section));
                section.clear();
            } else {
                section.add(segment);
            }
        }
        sections.add(new Path(section));
        return sections;
    }

    /** What follows the so many first {@code [*]}. */
    Path after(int wildcards) {
        return new Path(segments.subList(behind(wildcards), segments.size()));
    }

    /** Up to the so many first {@code [*]}, with the last of them. */
    Path upTo(int wildcards) {
        return new Path(segments.subList(0, behind(wildcards)));
    }

    private int behind(int wildcards) {
        int seen = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof Each && ++seen == wildcards) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("fewer than " + wildcards + " [*]");
    }

    /** Reads segments until something else comes; the first name needs no dot when {@code first}. */
    static Path read(Cursor cursor, boolean first) {
        List<Segment> segments = new ArrayList<>();
        boolean bare = first;
        while (true) {
            if (cursor.here() == '[') {
                segments.add(bracket(cursor));
            } else if (bare || cursor.take(".")) {
                segments.add(cursor.take("*") ? new Each() : name(cursor));
            } else {
                return new Path(segments);
            }
            bare = false;
        }
    }

    private static Name name(Cursor cursor) {
        String name = cursor.name();
        if (name.isEmpty()) {
            throw cursor.error("a name is expected here, found " + cursor.shown(), "write an odd name as ['the name']");
        }
        return new Name(name);
    }

    private static Segment bracket(Cursor cursor) {
        cursor.next();
        Segment segment;
        if (cursor.here() == '\'' || cursor.here() == '"') {
            segment = new Name(cursor.quoted());
        } else if (cursor.take("*")) {
            segment = new Each();
        } else {
            segment = index(cursor);
        }
        if (!cursor.take("]")) {
            throw cursor.error("']' is expected here, found " + cursor.shown(), null);
        }
        return segment;
    }

    private static Index index(Cursor cursor) {
        boolean negative = cursor.take("-");
        String digits = cursor.digits();
        if (digits.isEmpty() || digits.length() > 9) {
            throw cursor.error("a position, [*] or ['a name'] is expected here, found " + cursor.shown(), null);
        }
        int index = Integer.parseInt(digits);
        return new Index(negative ? -index : index);
    }
}
