package io.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.fixture.FixtureSamples;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.format.Content;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.Detected;
import io.patchbay.format.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.Records;
import io.patchbay.format.RowsSeen;
import io.patchbay.mapping.suggest.Side;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.problem.DidYouMean;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * One side of a map as a verb names it: a sample, a JSON Schema, or an endpoint.
 *
 * @param home whose connectors are known; read when an endpoint is named
 * @param target whether the side is written
 * @param notes takes what is to be known of how a sample was read
 */
record SideOfMap(Terminal terminal, HomeFolder home, boolean target, Consumer<String> notes) {

    /** A document is held in memory. */
    private static final long LARGEST = 32_000_000;

    /** The side. @throws Refused when there is none, or nothing is known of it */
    Side of(String named, @Nullable String records) throws IOException {
        Path file = terminal.folder().resolve(named);
        Side side;
        if (Files.isRegularFile(file)) {
            side = file(file, named, records);
        } else if (named.indexOf('/') > 0
                && records == null
                && !named.substring(named.lastIndexOf('/')).contains("..")) {
            side = endpoint(named.substring(0, named.indexOf('/')), named.substring(named.indexOf('/') + 1));
        } else {
            throw new Refused(
                    Refused.WRONG_USE,
                    "There is no file " + named + "; name a sample, a JSON Schema, or INSTANCE/ENDPOINT.");
        }
        if (side.isEmpty()) {
            throw new Refused(Refused.WRONG_USE, named + " has no records with fields.");
        }
        return side;
    }

    private Side file(Path file, String named, @Nullable String records) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Detected.LOOKED_AT);
        }
        FormatName byName = Detected.byName(named);
        FormatName name = byName != null ? byName : Detected.byStart(start);
        boolean rows = name == null || name == FormatName.CSV || name == FormatName.TSV;
        RowsSeen seen = rows ? RowsSeen.of(Detected.text(start), name == FormatName.TSV ? '\t' : ',') : null;
        if (name == null && seen != null && seen.several()) {
            name = FormatName.CSV;
        }
        if (name == null) {
            throw new Refused(Refused.WRONG_USE, named + " has no format that is known: " + Detected.hint(start) + ".");
        }
        Format format = Formats.of(name);
        Content content = content(file);
        try {
            if (format.rows()) {
                return Side.of(
                        null,
                        rows(named, format, content, seen == null ? FormatSettings.DEFAULT : said(named, name, seen)));
            }
            if (Files.size(file) > LARGEST) {
                throw new Refused(Refused.WRONG_USE, named + " has more than 32 MB; a few records of it are enough.");
            }
            JsonNode document = format.document(content, FormatSettings.DEFAULT);
            if (records == null && Side.isSchema(document)) {
                return Side.of(document, List.of());
            }
            RecordPath path = path(records, document);
            String missing = path.missing(document);
            if (missing != null) {
                throw new Refused(
                        Refused.WRONG_USE, "In " + named + " " + missing + (missing.endsWith("?") ? "" : "."));
            }
            return Side.of(null, path.records(document));
        } catch (JsonProcessingException e) {
            throw new Refused(Refused.WRONG_USE, named + " cannot be read: " + NotJson.sentence(e, "{", null) + ".");
        } catch (IOException e) {
            String why = e.getCause() instanceof XMLStreamException xml
                    ? NotXml.sentence(xml, "<")
                    : String.valueOf(e.getMessage());
            throw new Refused(Refused.WRONG_USE, named + " cannot be read as " + name.word() + ": " + why);
        }
    }

    private static RecordPath path(@Nullable String records, JsonNode document) {
        try {
            return records == null ? RecordPath.of(document) : RecordPath.parse(records);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refused.WRONG_USE, String.valueOf(e.getMessage()));
        }
    }

    /** How rows are read here that a flow has to say of, which is told. */
    private FormatSettings said(String named, FormatName name, RowsSeen seen) {
        if (seen.before() > 0) {
            int line = seen.before() + 1;
            throw new Refused(
                    Refused.WRONG_USE,
                    "The names of the columns seem to stand in line " + line + " of " + named
                            + ", and rows are read from the first line on, here and in a run: take out what stands before them"
                            + " (tail -n +" + line + ").");
        }
        if (seen.delimiter() == (name == FormatName.TSV ? '\t' : ',')) {
            return FormatSettings.DEFAULT;
        }
        String delimiter = seen.delimiter() == '\t' ? "\\t" : String.valueOf(seen.delimiter());
        notes.accept("Values of " + named + " seem to stand between '" + delimiter
                + "'; a shape that reads it has to say so: csv: { delimiter: \"" + delimiter + "\" }.");
        return FormatSettings.DEFAULT.with(CsvSettings.DEFAULT.between(seen.delimiter()));
    }

    /** Rows that can be read; what is left out is told. */
    private List<JsonNode> rows(String named, Format format, Content content, FormatSettings settings)
            throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        List<FormatException> broken = new ArrayList<>();
        try (Records records = format.read(content, settings)) {
            boolean goesOn = true;
            while (goesOn && rows.size() < Side.MOST_RECORDS && broken.size() < Side.MOST_RECORDS) {
                try {
                    JsonNode next = records.next();
                    goesOn = next != null;
                    if (next != null) {
                        rows.add(next);
                    }
                } catch (FormatException e) {
                    if (rows.isEmpty() && !e.goesOn()) {
                        throw e;
                    }
                    goesOn = e.goesOn();
                    broken.add(e);
                }
            }
        }
        if (rows.isEmpty() && !broken.isEmpty()) {
            throw broken.get(0);
        }
        if (!broken.isEmpty()) {
            boolean whole = broken.get(broken.size() - 1).goesOn();
            notes.accept("Left out of " + named + ": " + broken.size()
                    + (broken.size() == 1 ? " record" : " records") + " that cannot be read"
                    + (whole ? "" : ", and what stands behind") + ". The first: "
                    + broken.get(0).told("the program that wrote the file knows its own") + ".");
        }
        return rows;
    }

    private static Content content(Path file) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public @Nullable Charset said() {
                return null;
            }

            @Override
            public Path folder() {
                return Path.of(System.getProperty("java.io.tmpdir"));
            }
        };
    }

    private Side endpoint(String owner, String id) throws IOException {
        Path root = home.home(terminal).root();
        Catalog catalog = CatalogReader.once(root).catalog();
        Instance instance = catalog.instance(owner);
        Connector connector = instance != null ? instance.connector() : catalog.connector(owner, null);
        if (connector == null) {
            Set<String> known = new TreeSet<>(catalog.instanceNames());
            catalog.connectors().forEach(one -> known.add(one.id()));
            throw new Refused(
                    Refused.WRONG_USE,
                    "There is no file, instance or connector '" + owner + "'" + hint(DidYouMean.hint(owner, known)));
        }
        Endpoint endpoint = connector.endpoint(id);
        if (endpoint == null) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "'" + owner + "' has no endpoint '" + id + "'"
                            + hint(DidYouMean.hint(id, connector.endpoints().keySet())));
        }
        FixtureSuite suite = new FixtureSuite(root, connector, terminal.clock());
        PayloadSchema schema =
                target ? endpoint.schemas().request() : endpoint.schemas().response();
        List<JsonNode> samples = target ? FixtureSamples.sent(suite, endpoint) : FixtureSamples.given(suite, endpoint);
        if (schema == null && samples.isEmpty()) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "Nothing is known of what '" + owner + "/" + id + "' " + (target ? "takes" : "gives")
                            + ": it has neither a schema nor fixtures; name a sample instead.");
        }
        return Side.of(schema == null ? null : schema.document(), samples);
    }

    private static String hint(@Nullable String hint) {
        return hint == null ? "." : "; " + hint;
    }
}
