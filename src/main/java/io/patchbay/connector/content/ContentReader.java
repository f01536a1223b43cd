package io.patchbay.connector.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.Alone;
import io.patchbay.format.Detected;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.format.NotRead;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Content of files and answers as records, in the formats that {@link io.patchbay.format} knows. */
public final class ContentReader {

    private ContentReader() {}

    /**
     * The records of content.
     *
     * @param name its format, as it is declared or was detected
     * @throws StepException when it is none of its format
     */
    public static RecordSource read(ReadContent content, FormatName name, ContentConfig config) throws StepException {
        return config.unpack() == null ? plain(content, name, config) : new MemberRecords(content, config);
    }

    /** The same of content that is not packed. */
    static RecordSource plain(ReadContent content, FormatName name, ContentConfig config) throws StepException {
        if (name == FormatName.XML && config.records() == null) {
            throw unknown(content.subject() + " is XML: 'content.records' must say where its elements stand");
        }
        if (name == FormatName.FIXED && config.fixed() == null) {
            throw unknown(content.subject() + " has columns of fixed width: 'content.fixed' must name them");
        }
        try {
            return new Read(Formats.of(name).read(content, config.settings(Instant.EPOCH)), content, name);
        } catch (IOException e) {
            throw broken(e, content, name);
        }
    }

    /** The format that the name of a file says, or its beginning. @throws StepException when neither does, or it is no list */
    public static FormatName detected(ReadContent content, String path) throws StepException {
        String lower = path.toLowerCase(Locale.ROOT);
        FormatName name = Detected.byName(lower.endsWith(".gz") ? path.substring(0, path.length() - 3) : path);
        if (name == null) {
            try (InputStream in = content.open()) {
                name = Detected.byStart(in.readNBytes(Detected.LOOKED_AT));
            } catch (IOException e) {
                throw broken(e, content, FormatName.AUTO);
            }
        }
        if (name == null) {
            throw unknown("neither the name of " + content.subject() + " nor its beginning says its format; "
                    + "'content.format' can name it");
        }
        if (name == FormatName.TEXT || name == FormatName.FORM) {
            throw unknown(content.subject() + " is " + name.title() + ", which is no list of records");
        }
        return name;
    }

    /** Of content whose format nobody says, or which is not read so. */
    public static StepException unknown(String why) {
        return new StepException(Owner.AUTHOR, "UNKNOWN_FORMAT", why);
    }

    /** Records with the name of their content in what is said of them. */
    private record Read(Records records, ReadContent content, FormatName name) implements RecordSource {
        @Override
        public @Nullable JsonNode next() throws StepException {
            try {
                return records.next();
            } catch (IOException e) {
                throw broken(e, content, name);
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
     * The records of a payload that went aside in a shape, and was mended or not: what is there is read, and nothing is got for it.
     *
     * @param folder for copies
     * @return null for a payload that did not
     */
    public static @Nullable Payload alone(Payload payload, String shape, ContentConfig config, Path folder)
            throws StepException {
        String said = Alone.said(payload, shape);
        if (said == null) {
            return null;
        }
        Payload there = Alone.readable(payload, said);
        return Alone.forgotten(
                there.body() instanceof Body.Tree ? there : aside(there, Alone.format(said), said, config, folder),
                shape);
    }

    private static Payload aside(Payload alone, FormatName name, String said, ContentConfig config, Path folder)
            throws StepException {
        String path = alone.meta().get("file.path");
        Charset type = Alone.charset(alone.body().contentType());
        Charset charset = type == null ? Alone.charset(said) : type;
        String subject = path == null ? "the payload" : "file '" + path + "'";
        ReadContent content = new ReadContent(alone, subject, "file", charset, "content.charset", true, folder);
        ArrayNode all = Json.NODES.arrayNode();
        try (Records records =
                Formats.of(name).read(content, config.settings(Instant.EPOCH).alone())) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                all.add(record);
            }
        } catch (IOException e) {
            throw broken(e, content, name);
        }
        return alone.withBody(new Body.Tree(all), RecordPath.ROOT_LIST);
    }

    /** Why content cannot be read as what it is held for. */
    public static StepException broken(IOException thrown, ReadContent content, FormatName name) {
        return new StepException(
                Owner.REMOTE,
                "NOT_" + name,
                content.subject() + " cannot be read as " + name.word() + ": " + why(thrown, content),
                thrown);
    }

    private static String why(IOException thrown, ReadContent content) {
        if (thrown instanceof NotRead broken) {
            return broken.sentence(content.start(), content.type());
        }
        if (thrown.getCause() instanceof XMLStreamException xml) {
            return NotXml.sentence(xml, content.start());
        }
        if (!(thrown instanceof FormatException)
                && (thrown instanceof JsonProcessingException || thrown instanceof CharConversionException)) {
            return NotJson.mendable(thrown, content.start(), content.type());
        }
        if (thrown instanceof CharacterCodingException) {
            return "it holds bytes that are none of its character set; " + content.other();
        }
        if (thrown instanceof EOFException || thrown instanceof ZipException) {
            return "it is packed with gzip, and damaged or cut";
        }
        return thrown instanceof FormatException format
                ? format.told(content.other())
                : Objects.requireNonNullElse(thrown.getMessage(), "no reason given");
    }
}
