package io.patchbay.connector.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.Alone;
import io.patchbay.format.Content;
import io.patchbay.format.Detected;
import io.patchbay.format.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.format.NotRead;
import io.patchbay.format.RecordWriter;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Files in the formats that {@link io.patchbay.format} knows, both ways. */
public final class FileContent {

    private static final int BEGIN = 64;

    private FileContent() {}

    /** The records of a file. @throws StepException when it is none of its format */
    static RecordSource read(Payload file, String path, ContentConfig config, Path spill) throws StepException {
        FormatName name = config.format();
        try {
            name = name == FormatName.AUTO ? detected(file, path) : name;
            if (name == FormatName.XML && config.records() == null) {
                throw refused("file '" + path + "' is XML: 'content.records' must say where its elements stand");
            }
            if (name == FormatName.FIXED && config.fixed() == null) {
                throw refused("file '" + path + "' has columns of fixed width: 'content.fixed' must name them");
            }
            Records records = Formats.of(name).read(content(file, null, spill), config.settings(Instant.EPOCH));
            return new Read(records, file, path, name);
        } catch (IOException e) {
            throw broken(e, file, path, name);
        }
    }

    private static StepException refused(String why) {
        return new StepException(Owner.AUTHOR, "UNKNOWN_FORMAT", why);
    }

    private static FormatName detected(Payload file, String path) throws IOException, StepException {
        String lower = path.toLowerCase(Locale.ROOT);
        FormatName name = Detected.byName(lower.endsWith(".gz") ? path.substring(0, path.length() - 3) : path);
        if (name == null) {
            try (InputStream in = unpacked(file)) {
                byte[] start = in.readNBytes(Detected.LOOKED_AT);
                name = Detected.byStart(start);
                if (name == null) {
                    throw refused("neither the name of file '" + path + "' nor its beginning says its format; "
                            + "'content.format' can name it");
                }
            }
        }
        if (name == FormatName.TEXT || name == FormatName.FORM) {
            throw refused("file '" + path + "' is " + name.title() + ", which is no list of records");
        }
        return name;
    }

    private static Content content(Payload file, @Nullable Charset said, Path spill) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return unpacked(file);
            }

            @Override
            public @Nullable Charset said() {
                return said;
            }

            @Override
            public Path folder() {
                return spill;
            }
        };
    }

    /** RFC 1952: a gzip file begins with 1f 8b, which no other format does. */
    private static InputStream unpacked(Payload file) throws IOException {
        InputStream in = new BufferedInputStream(file.stream(), 64 * 1024);
        try {
            in.mark(2);
            byte[] first = in.readNBytes(2);
            in.reset();
            boolean packed = first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
            return packed ? new GZIPInputStream(in, 64 * 1024) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Records with the name of their file in what is said of them. */
    private record Read(Records records, Payload file, String path, FormatName name) implements RecordSource {
        @Override
        public @Nullable JsonNode next() throws StepException {
            try {
                return records.next();
            } catch (IOException e) {
                throw broken(e, file, path, name);
            }
        }

        @Override
        public FormatName format() {
            return name;
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }

    /**
     * The records of a payload that went aside in a shape, and was mended or not: what is there is read, and not the file.
     *
     * @return null for a payload that did not
     */
    static @Nullable Payload alone(Payload payload, String shape, ContentConfig config, Path spill)
            throws StepException {
        String said = Alone.said(payload, shape);
        if (said == null) {
            return null;
        }
        Payload there = Alone.readable(payload, said);
        return Alone.forgotten(
                there.body() instanceof Body.Tree ? there : read(there, Alone.format(said), said, config, spill),
                shape);
    }

    private static Payload read(Payload alone, FormatName name, String said, ContentConfig config, Path spill)
            throws StepException {
        String path = alone.meta().getOrDefault("file.path", "");
        Charset type = Alone.charset(alone.body().contentType());
        Content content = content(alone, type == null ? Alone.charset(said) : type, spill);
        ArrayNode all = Json.NODES.arrayNode();
        try (Records records =
                Formats.of(name).read(content, config.settings(Instant.EPOCH).alone())) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                all.add(record);
            }
        } catch (IOException e) {
            throw broken(e, alone, path, name);
        }
        return alone.withBody(new Body.Tree(all), RecordPath.ROOT_LIST);
    }

    private static StepException broken(IOException thrown, Payload file, String path, FormatName name) {
        String why;
        if (thrown instanceof NotRead broken) {
            why = broken.sentence(start(file), "file");
        } else if (thrown.getCause() instanceof XMLStreamException xml) {
            why = NotXml.sentence(xml, start(file));
        } else if (!(thrown instanceof FormatException)
                && (thrown instanceof JsonProcessingException || thrown instanceof CharConversionException)) {
            why = NotJson.sentence(thrown, start(file), "file");
        } else if (thrown instanceof CharacterCodingException) {
            why = "it holds bytes that are none of its character set; 'content.charset' can name another one";
        } else {
            why = String.valueOf(thrown.getMessage());
        }
        return new StepException(
                Owner.REMOTE,
                "NOT_" + name,
                "file '" + path + "' cannot be read as " + name.word() + ": " + why,
                thrown);
    }

    private static String start(Payload file) {
        try (InputStream in = unpacked(file)) {
            return new String(in.readNBytes(BEGIN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Writes the records of a payload; a document of a format that is no list is the payload as a whole. */
    public static void write(Payload payload, ContentConfig config, Instant at, OutputStream out)
            throws IOException, StepException {
        if (config.gzip()) {
            GZIPOutputStream packed = new GZIPOutputStream(out, 64 * 1024);
            plain(payload, config, at, packed);
            packed.finish();
        } else {
            plain(payload, config, at, out);
        }
    }

    /** Media type of what is written. */
    public static String type(ContentConfig config) {
        return config.gzip()
                ? "application/gzip"
                : Formats.of(config.format()).mediaTypes().get(0);
    }

    private static void plain(Payload payload, ContentConfig config, Instant at, OutputStream out)
            throws IOException, StepException {
        Format format = Formats.of(config.format());
        if (!format.rows() && config.element() == null) {
            try {
                format.document(payload.tree(), out, config.settings(at));
            } catch (FormatException e) {
                throw unwritten(config, "it " + e.getMessage());
            }
            return;
        }
        List<JsonNode> records = payload.records();
        int number = 0;
        try (RecordWriter writer = format.write(out, config.settings(at))) {
            for (JsonNode record : records) {
                number++;
                writer.write(record);
            }
            number = 0;
        } catch (FormatException e) {
            throw unwritten(
                    config, (number == 0 ? "what stands around records " : "record " + number + " ") + e.getMessage());
        }
    }

    private static StepException unwritten(ContentConfig config, String why) {
        return new StepException(
                Owner.AUTHOR,
                "NOT_" + config.format(),
                "the payload cannot be written as " + config.format().title() + ": " + why);
    }
}
