package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/** Addresses in so many lines of so many characters. */
final class AddressFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "addressLines",
                            "A text, or a list of lines, as a list of lines of at most `length` characters. Lines that are there"
                                    + " stay; one that is too long goes on in the next, after a word. More than `lines` lines are"
                                    + " an error, unless `cut: true` leaves out the rest.")
                    .ofLists()
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .toList()
                    .example(
                            "{ addressLines: { lines: 3, length: 20 } }",
                            "\"Flat 2\\n12 Upper Saint Martin's Lane\"",
                            "[ Flat 2, 12 Upper Saint, Martin's Lane ]")
                    .example("{ addressLines: { lines: 2, length: 20, cut: true } }", "[ a, null, b, c ]", "[ a, b ]")
                    .refuses(
                            "{ addressLines: { lines: 2, length: 5 } }",
                            "\"one two three\"",
                            "addressLines: the text takes 3 lines of 5 characters, and 2 are allowed"),
            AddressSettings.class,
            settings -> (value, record, scope) -> lines(value, settings));

    /** Settings. */
    @Doc("How many lines, and how long")
    record AddressSettings(
            @Doc("Lines at most") @Range(min = 1, max = 100) int lines,

            @Doc("Characters of a line at most") @Range(min = 1, max = 10_000)
            int length,

            @Doc("Whether further lines are left out") @Default("false")
            boolean cut) {}

    private AddressFunction() {}

    private static JsonNode lines(JsonNode value, AddressSettings settings) {
        List<String> lines = new ArrayList<>();
        Iterable<JsonNode> given = value.isArray() ? value : List.of(value);
        for (JsonNode each : given) {
            if (!each.isNull()) {
                Found.text(each)
                        .lines()
                        .map(PlainText::squeezed)
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> wrap(line, settings.length(), lines));
            }
        }
        if (lines.size() > settings.lines() && !settings.cut()) {
            throw new FunctionException("the text takes " + lines.size() + " lines of " + settings.length()
                    + " characters, and " + settings.lines() + " are allowed");
        }
        ArrayNode kept = Json.NODES.arrayNode();
        lines.stream().limit(settings.lines()).forEach(kept::add);
        return kept;
    }

    private static void wrap(String line, int length, List<String> lines) {
        StringBuilder current = new StringBuilder();
        for (String word : line.split(" ", -1)) {
            int rest = characters(word);
            if (!current.isEmpty() && characters(current) + 1 + rest > length) {
                lines.add(current.toString());
                current.setLength(0);
            }
            int from = 0;
            while (rest > length) {
                int end = word.offsetByCodePoints(from, length);
                lines.add(word.substring(from, end));
                from = end;
                rest -= length;
            }
            current.append(current.isEmpty() ? "" : " ").append(word, from, word.length());
        }
        if (!current.isEmpty()) {
            lines.add(current.toString());
        }
    }

    private static int characters(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
