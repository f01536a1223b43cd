package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of an event signs: parts of its request, one behind the other, the body once among them.
 *
 * @param before parts before the body
 * @param after parts behind it
 */
@ReadBy(SignedParts.Reader.class)
public record SignedParts(List<Part> before, List<Part> after) {

    private static final int MOST = 12;
    private static final String BODY = "body";
    private static final Pattern SETTING = Pattern.compile("\\$\\{\\s*settings\\.([A-Za-z][A-Za-z0-9_-]*)\\s*}");
    private static final Map<String, SignedParts> WORDS = words();
    private static final Map<String, Word> PARTS =
            Map.of("method", Word.METHOD, "url", Word.URL, "path", Word.PATH, "timestamp", Word.TIMESTAMP);

    public SignedParts {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * A part beside the body.
     *
     * @param word of the request, or null
     * @param text these characters, or null
     * @param setting name of the setting of an instance that holds the characters, or null
     */
    public record Part(
            @Nullable Word word,
            @Nullable String text,
            @Nullable String setting) {}

    /** Names of the settings that are signed. */
    public Set<String> settings() {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(before, after).flatMap(List::stream).map(Part::setting).forEach(name -> {
            if (name != null) {
                names.add(name);
            }
        });
        return names;
    }

    /** The same with the values of an instance. */
    public SignedParts filled(UnaryOperator<String> settings) {
        return new SignedParts(filled(before, settings), filled(after, settings));
    }

    private static List<Part> filled(List<Part> parts, UnaryOperator<String> settings) {
        return parts.stream()
                .map(part -> part.setting() == null ? part : new Part(null, settings.apply(part.setting()), null))
                .toList();
    }

    /** Parts of a request. */
    public enum Word {
        /** The method in upper case. */
        METHOD,
        /** The whole address as the sender knows it, with its query. */
        URL,
        /** The path as it came, with its query. */
        PATH,
        /** The text of the header with the time of sending. */
        TIMESTAMP
    }

    private static Map<String, SignedParts> words() {
        Part time = new Part(Word.TIMESTAMP, null, null);
        Map<String, SignedParts> words = new LinkedHashMap<>();
        words.put("rawBody", new SignedParts(List.of(), List.of()));
        words.put("timestampDotBody", new SignedParts(List.of(time, new Part(null, ".", null)), List.of()));
        words.put("timestampBody", new SignedParts(List.of(time), List.of()));
        return words;
    }

    /** Whether this part is signed. */
    public boolean has(Word word) {
        return before.stream().anyMatch(part -> part.word() == word)
                || after.stream().anyMatch(part -> part.word() == word);
    }

    static final class Reader implements ValueReader<SignedParts> {

        private static final String HINT =
                "the parts are method, url, path, body, timestamp and { text: '…' }, like [method, url, body, timestamp]";

        @Override
        public @Nullable SignedParts read(Node node, Reading reading) {
            if (node instanceof ListNode list) {
                return parts(list, reading);
            }
            String word = reading.text(node, "what is signed");
            SignedParts known = word == null ? null : WORDS.get(word);
            if (known == null && word != null) {
                String near = DidYouMean.nearest(word, WORDS.keySet())
                        .map(found -> "did you mean '" + found + "'?")
                        .orElse("or a list of parts: " + HINT);
                reading.error(
                        node, "BAD_VALUE", "'" + word + "' is not one of " + String.join(", ", WORDS.keySet()), near);
            }
            return known;
        }

        private static @Nullable SignedParts parts(ListNode list, Reading reading) {
            List<Part> before = new ArrayList<>();
            List<Part> after = new ArrayList<>();
            int bodies = 0;
            for (Node item : list.items()) {
                if (item instanceof ScalarNode scalar && scalar.text().equals(BODY)) {
                    bodies++;
                    continue;
                }
                Part part = part(item);
                if (part != null && part.text() != null && part.text().contains("${")) {
                    reading.error(
                            item,
                            "BAD_VALUE",
                            "'" + part.text() + "' cannot be filled: a text that is signed is one setting, or the"
                                    + " characters that stand there",
                            "like { text: '${settings.appKey}' }");
                    return null;
                }
                if (part == null) {
                    String what = item instanceof ScalarNode scalar ? "'" + scalar.text() + "'" : item.kind();
                    reading.error(item, "BAD_VALUE", what + " is no part of a request that is signed", HINT);
                    return null;
                }
                (bodies == 0 ? before : after).add(part);
            }
            if (bodies != 1 || list.items().size() > MOST) {
                reading.error(list, "BAD_VALUE", "of at most " + MOST + " parts that are signed one is the body", HINT);
                return null;
            }
            return new SignedParts(before, after);
        }

        private static @Nullable Part part(Node item) {
            if (item instanceof ScalarNode scalar) {
                Word word = PARTS.get(scalar.text());
                return word == null ? null : new Part(word, null, null);
            }
            boolean one = item instanceof MapNode map && map.entries().size() == 1;
            if (!one || !(((MapNode) item).get("text") instanceof ScalarNode given) || given.value() == null) {
                return null;
            }
            Matcher setting = SETTING.matcher(given.text());
            return setting.matches() ? new Part(null, null, setting.group(1)) : new Part(null, given.text(), null);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            var any = schema.putArray("anyOf");
            ObjectNode words = any.addObject();
            WORDS.keySet().forEach(words.putArray("enum")::add);
            ObjectNode list = any.addObject().put("type", "array").put("maxItems", MOST);
            var items = list.putObject("items").putArray("anyOf");
            var parts = items.addObject().putArray("enum");
            List.of("method", "url", "path", BODY, "timestamp").forEach(parts::add);
            ObjectNode text = items.addObject().put("type", "object").put("additionalProperties", false);
            text.putArray("required").add("text");
            text.putObject("properties").putObject("text").put("type", "string");
            return schema;
        }
    }
}
