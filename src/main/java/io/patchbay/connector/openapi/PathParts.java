package io.patchbay.connector.openapi;

import io.patchbay.connector.Percent;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as its parts between slashes. What a placeholder stands in may be any text, and so fits any other part.
 *
 * @param parts decoded; {@link #ANY} for one with a placeholder
 */
public record PathParts(List<String> parts) {

    /** In place of a part that may be anything. */
    public static final String ANY = "{}";

    /** The path of a host alone. */
    public static final PathParts NONE = new PathParts(List.of());

    public PathParts {
        parts = List.copyOf(parts);
    }

    /** Reads a path as descriptions write them, with parameters in braces; query and fragment do not count, nor do empty parts. */
    public static PathParts parse(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.replaceAll("[?#].*", "").split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part.indexOf('{') >= 0 ? ANY : Percent.decoded(part, false));
            }
        }
        return new PathParts(parts);
    }

    /** This path with another one behind it. */
    public PathParts with(PathParts below) {
        List<String> all = new ArrayList<>(parts);
        all.addAll(below.parts);
        return new PathParts(all);
    }

    /** Whether both can be the same. */
    public boolean fits(PathParts other) {
        return parts.size() == other.parts.size() && endsWith(other);
    }

    /** Whether this one can end with the other. */
    public boolean endsWith(PathParts other) {
        int before = parts.size() - other.parts.size();
        for (int i = 0; before >= 0 && i < other.parts.size(); i++) {
            String own = parts.get(before + i);
            String wanted = other.parts.get(i);
            if (!own.equals(ANY) && !wanted.equals(ANY) && !own.equals(wanted)) {
                return false;
            }
        }
        return before >= 0;
    }
}
