package io.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.Detected;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.format.RowsSeen;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.route.MapPreviews.NoPreviewException;
import io.patchbay.shape.map.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content that a map is tried on, in any format that is read: a list of rows is read up to what a preview looks at, a document as a whole.
 *
 * @param content what is read
 * @param name of its file, whose end may say the format; empty where it has none
 * @param config how it is read; null where its name or beginning says it
 * @param records where its records stand, like {@code $.orders[*]}; null where that is not said
 * @param only number of the one record that is wanted, from 1; 0 for all
 */
public record SampleContent(
        ReadContent content,
        String name,
        @Nullable ContentConfig config,
        @Nullable RecordPath records,
        long only) {

    private static final int CHUNK = 1000;

    /** How content is read, in the words of {@code content} of an endpoint, as YAML or JSON. @throws NoPreviewException when it cannot be read so */
    public static ContentConfig config(String text) {
        Problems problems = new Problems();
        ContentConfig config = new YamlReader()
                .read("content", text, problems)
                .map(node -> new Binder(Map.of()).bind(node, ContentConfig.class, problems))
                .orElse(null);
        if (config == null || problems.anyError()) {
            Problem first = problems.list().get(0);
            throw refused(
                    "content cannot be read: " + first.what() + (first.hint() == null ? "" : "; " + first.hint()));
        }
        return config;
    }

    /** Content of a format of which nothing else is said. @throws NoPreviewException when there is no such format, or it needs more */
    public static ContentConfig format(String word) {
        return config(Json.NODES.objectNode().put("format", word).toString());
    }

    /**
     * The sample.
     *
     * @throws NoPreviewException when it is none of its format, or has no such record
     */
    public Sample sample() {
        FormatName format = known();
        ContentConfig how = config == null ? of(format) : config;
        boolean rows = how.unpack() != null || Formats.of(format).rows();
        if (rows && records != null) {
            throw refused(content.subject() + " is a list of records: 'records' is for documents, like JSON and XML");
        }
        try {
            return rows ? rows(format, how) : document(format, how);
        } catch (StepException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static ContentConfig of(FormatName format) {
        try {
            return ContentConfig.rows(format, CHUNK, null, null, null);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private FormatName known() {
        if (config != null && (config.format() != FormatName.AUTO || config.unpack() != null)) {
            return config.format();
        }
        byte[] start = start();
        FormatName byName = Detected.byName(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
        // The end of a name says 'text' of everything.
        FormatName found = byName != null && byName != FormatName.TEXT ? byName : Detected.byStart(start);
        if (found == null) {
            throw refused("neither the name nor the beginning of " + content.subject() + " says its format; "
                    + between(RowsSeen.of(Detected.text(start), ','), "name it"));
        }
        if (config == null && (found == FormatName.CSV || found == FormatName.TSV)) {
            char usual = found == FormatName.TSV ? '\t' : ',';
            RowsSeen seen = RowsSeen.of(Detected.text(start), usual);
            if (seen.several() && seen.delimiter() != usual) {
                throw refused(between(seen, ""));
            }
        }
        return found;
    }

    /** A run does not guess what stands between values, so neither does this. */
    private String between(RowsSeen seen, String otherwise) {
        if (!seen.several() || seen.delimiter() == ',') {
            return otherwise;
        }
        String delimiter = seen.delimiter() == '\t' ? "\\t" : String.valueOf(seen.delimiter());
        return "values of " + content.subject() + " seem to stand between '" + delimiter
                + "', and a flow has to say so, as 'content' does here: { format: csv, csv: { delimiter: \"" + delimiter
                + "\" } }";
    }

    private byte[] start() {
        try (InputStream in = content.open()) {
            return in.readNBytes(Detected.LOOKED_AT);
        } catch (IOException e) {
            throw refused(content.subject() + " cannot be read: it is damaged or cut");
        }
    }

    private Sample document(FormatName name, ContentConfig how) throws StepException {
        JsonNode tree;
        try {
            tree = Formats.of(name).document(content, how.settings(Instant.EPOCH));
        } catch (IOException e) {
            throw ContentReader.broken(e, content, name);
        }
        String said = how.records();
        RecordPath path = records == null && said != null ? RecordPath.parse(said) : records;
        return of(tree, path, only, content.subject());
    }

    /**
     * A sample of JSON that is there.
     *
     * @param records where its records stand; null for the items of a list, or the whole
     * @param only number of the one record that is wanted, from 1; 0 for all
     * @param subject what it is called in sentences
     * @throws NoPreviewException when it has no such records
     */
    public static Sample of(JsonNode tree, @Nullable RecordPath records, long only, String subject) {
        RecordPath path = records == null ? RecordPath.of(tree) : records;
        String missing = path.missing(tree);
        if (missing != null) {
            throw refused(missing);
        }
        if (only == 0) {
            return new Sample(tree, path, Map.of(), Map.of(), 1, 0);
        }
        List<JsonNode> all = path.records(tree);
        if (only > all.size()) {
            throw none(subject, only, all.size());
        }
        ArrayNode one = Json.NODES.arrayNode().add(all.get((int) only - 1));
        return new Sample(one, RecordPath.ROOT_LIST, Map.of(), Map.of(), only, 0);
    }

    private Sample rows(FormatName name, ContentConfig how) throws StepException {
        ArrayNode some = Json.NODES.arrayNode();
        long number = 0;
        try (RecordSource source = ContentReader.read(content, name, how)) {
            for (JsonNode next = source.next(); next != null; next = source.next()) {
                number++;
                if (only == 0 ? number <= Sample.MOST : number == only) {
                    some.add(next);
                }
                if (number == only) {
                    break;
                }
            }
        } catch (IOException e) {
            throw refused(content.subject() + " cannot be read to its end");
        }
        if (only > number) {
            throw none(content.subject(), only, number);
        }
        long more = only == 0 ? number - some.size() : 0;
        return new Sample(some, RecordPath.ROOT_LIST, Map.of(), Map.of(), Math.max(1, only), more);
    }

    private static NoPreviewException none(String subject, long wanted, long records) {
        return refused(subject + " has no record " + wanted + ": it has "
                + (records == 1 ? "1 record" : records + " records"));
    }

    private static NoPreviewException refused(String why) {
        return new NoPreviewException(why, false);
    }
}
