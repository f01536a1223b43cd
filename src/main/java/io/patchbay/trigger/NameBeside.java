package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/**
 * A name in the same folder that is made of a file's: {@code {name}.done} for {@code orders.csv} is {@code orders.csv.done},
 * {@code {stem}.done} is {@code orders.done}.
 *
 * @param text the name, with {@code {name}} or {@code {stem}} once and something else besides
 */
@ReadBy(NameBeside.Reader.class)
public record NameBeside(String text) {

    private static final String NAME = "{name}";
    private static final String STEM = "{stem}";
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException if it is no such name */
    public NameBeside {
        int holes = text.split("\\{(name|stem)\\}", -1).length - 1;
        boolean bad = holes != 1
                || text.equals(NAME)
                || text.equals(STEM)
                || text.length() > LONGEST
                || text.indexOf('/') >= 0
                || text.indexOf('\\') >= 0
                || text.chars().anyMatch(Character::isISOControl);
        if (bad) {
            throw new IllegalArgumentException("'" + text.replaceAll("\\p{Cntrl}", "?")
                    + "' is no name beside a file: write {name} (orders.csv) or {stem} (orders) once, with something"
                    + " before or behind it and no '/', like '{name}.done'");
        }
    }

    private String hole() {
        return text.contains(NAME) ? NAME : STEM;
    }

    /** The name for a file. */
    public String of(String file) {
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        return text.replace(hole(), hole().equals(NAME) ? file : stem);
    }

    /** Whether a name may have been made so. */
    public boolean means(String name) {
        String before = text.substring(0, text.indexOf(hole()));
        String behind = text.substring(before.length() + hole().length());
        return name.length() > before.length() + behind.length() && name.startsWith(before) && name.endsWith(behind);
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads {@code '{name}.done'}. */
    static final class Reader implements ValueReader<NameBeside> {

        @Override
        public @Nullable NameBeside read(Node node, Reading reading) {
            return reading.made(node, "a name like '{name}.done'", "BAD_NAME", NameBeside::new);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES
                    .objectNode()
                    .put("type", "string")
                    .put("maxLength", LONGEST)
                    .put("pattern", "\\{(name|stem)\\}");
        }
    }
}
