package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One part of what is signed; exactly one of its components is there.
 *
 * @param at where it stands
 * @param word a part of the request by its name
 * @param template a text with placeholders
 * @param choice a part that has choices of its own
 */
@ReadBy(HmacPart.Reader.class)
public record HmacPart(
        Location at,
        @Nullable Word word,
        @Nullable Text template,
        @Nullable HmacPartChoice choice) {

    /** Parts of a request that need no choices. */
    public enum Word {
        /** The method in upper case. */
        METHOD("method"),
        /** The host, with its port where that is not the scheme's own. */
        HOST("host"),
        /** The path with its leading slash, as it is sent. */
        PATH("path"),
        /** The query as it is sent, without the question mark. */
        QUERY("query"),
        /** The query's names and values, decoded, sorted by name, with nothing between them. */
        SORTED_QUERY("sortedQuery"),
        /** The whole address as it is sent. */
        URL("url"),
        /** The bytes of the body; nothing when there is none. */
        BODY("body"),
        /** The time of signing. */
        TIMESTAMP("timestamp"),
        /** The value that is used once. */
        NONCE("nonce");

        private static final Map<String, Word> ALL = new TreeMap<>();

        static {
            Stream.of(values()).forEach(word -> ALL.put(word.written, word));
        }

        private final String written;

        Word(String written) {
            this.written = written;
        }
    }

    /** A part that has choices of its own: one of its keys. */
    @Doc("A part that has choices of its own: one of these keys")
    public record HmacPartChoice(
            @Doc("These characters") @Nullable String text,

            @Doc("The query's parameters, sorted by name") @Nullable
            SortedQueryConfig sortedQuery,

            @Doc("The value of the request's header of this name; nothing when it is not set") @Nullable
            String header,

            @Doc("A hash of the body") @Nullable BodyHashConfig bodyHash) {

        /** @throws IllegalArgumentException if it is none or several */
        public HmacPartChoice {
            long given = Stream.of(text, sortedQuery, header, bodyHash)
                    .filter(one -> one != null)
                    .count();
            if (given != 1) {
                throw new WrongValueException(
                        "a part is exactly one of text, sortedQuery, header and bodyHash",
                        "write each as an item of its own, in the order in which they are signed");
            }
        }
    }

    /** The query's parameters, sorted by name. */
    @Doc("The query's parameters, sorted by name")
    public record SortedQueryConfig(
            @Doc("Names that are left out") @Default("[]") List<String> without,

            @Doc("What stands between a name and its value") @Default("''")
            String pair,

            @Doc("What stands between two parameters") @Default("''")
            String separator,

            @Doc("Whether names and values are percent-encoded (RFC 3986)") @Default("false")
            boolean encoded) {

        /** Names and values with nothing between them. */
        public static final SortedQueryConfig PLAIN = new SortedQueryConfig(List.of(), "", "", false);
    }

    /** A hash of the body. */
    @Doc("A hash of the body")
    public record BodyHashConfig(
            @Doc("The hash") @Default("sha256") HmacConfig.Digest digest,

            @Doc("How it is written") @Default("hex") HmacConfig.Encoding encoding) {}

    static final class Reader implements ValueReader<HmacPart> {
        @Override
        public @Nullable HmacPart read(Node node, Reading reading) {
            if (!(node instanceof ScalarNode scalar)) {
                HmacPartChoice choice = reading.bind(node, HmacPartChoice.class);
                return choice == null ? null : new HmacPart(node.at(), null, null, choice);
            }
            if (scalar.text().contains("${")) {
                return new HmacPart(node.at(), null, new Text(scalar), null);
            }
            Word word = Word.ALL.get(scalar.text());
            if (word == null) {
                String hint = DidYouMean.nearest(scalar.text(), Word.ALL.keySet())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("to sign these characters themselves write { text: '" + scalar.text() + "' }");
                reading.error(
                        node,
                        "BAD_VALUE",
                        "'" + scalar.text() + "' is none of the parts " + String.join(", ", Word.ALL.keySet()),
                        hint);
                return null;
            }
            return new HmacPart(node.at(), word, null, null);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.put("description", "A word of the request, a text with placeholders, or a part with choices");
            var any = schema.putArray("anyOf");
            ObjectNode words = any.addObject();
            Word.ALL.keySet().forEach(words.putArray("enum")::add);
            any.addObject().put("type", "string").put("pattern", "\\$\\{");
            any.add(schemas.of(HmacPartChoice.class));
            return schema;
        }
    }
}
