package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A folder below a root, {@code in/orders}; {@code .} is the root itself. It cannot lead out of the root.
 *
 * @param text the path with {@code /} between its parts, none at its ends
 */
@ReadBy(FolderPath.Reader.class)
public record FolderPath(String text) {

    private static final int LONGEST = 500;

    /** @throws IllegalArgumentException if the path leads out of its root or holds control characters */
    public FolderPath {
        boolean bad = text.isEmpty()
                || text.length() > LONGEST
                || text.startsWith("/")
                || text.endsWith("/")
                || text.indexOf('\\') >= 0
                || text.chars().anyMatch(Character::isISOControl)
                || (!text.equals(".") && Arrays.stream(text.split("/", -1)).anyMatch(FolderPath::leadsAway));
        if (bad) {
            throw new IllegalArgumentException("folder '" + text.replaceAll("\\p{Cntrl}", "?")
                    + "' must be relative and stay below its root: no leading '/', no '.', '..' or '\\'");
        }
    }

    private static boolean leadsAway(String part) {
        return part.isBlank() || part.equals(".") || part.equals("..");
    }

    /** The path of something in this folder. */
    public String child(String name) {
        return text.equals(".") ? name : text + "/" + name;
    }

    /** The path. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads {@code in/orders}. */
    static final class Reader implements ValueReader<FolderPath> {

        @Override
        public @Nullable FolderPath read(Node node, Reading reading) {
            return reading.made(node, "a folder", "BAD_PATH", FolderPath::new);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "string").put("maxLength", LONGEST);
        }
    }
}
