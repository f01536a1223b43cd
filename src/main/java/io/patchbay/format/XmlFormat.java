package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.TreeWeight;
import io.patchbay.payload.Xml;
import io.patchbay.payload.XmlByte;
import io.patchbay.payload.XmlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** XML 1.0. Its records are the elements at one place, read one by one; written inside a root, one by one too. */
final class XmlFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.XML;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("application/xml", "text/xml");
    }

    @Override
    public List<String> endings() {
        return List.of("xml");
    }

    @Override
    public boolean rows() {
        return false;
    }

    /** The document declares its own character set, unless somebody says it beside it. */
    private static @Nullable String said(Content content) {
        return content.said() == null ? null : content.said().name();
    }

    @Override
    public JsonNode document(Content content, FormatSettings settings) throws IOException {
        try (InputStream in = Memory.whole(content, Memory.WHOLE / 2).open()) {
            return Xml.read(in, said(content), settings.xml().options(), new TreeWeight());
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof FormatException large ? large : new IOException(e);
        }
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        RecordBytes in = new RecordBytes(content.open());
        try {
            Xml.Elements elements = new Xml.Elements(
                    in,
                    Objects.requireNonNull(settings.records(), "where records stand")
                            .names(),
                    said(content),
                    settings.xml().options(),
                    RecordBytes.MOST_VALUES,
                    in::begin);
            return new Records() {
                private long record = 1;

                @Override
                public @Nullable JsonNode next() throws IOException {
                    try {
                        JsonNode next = elements.next();
                        record++;
                        return next;
                    } catch (XMLStreamException e) {
                        throw broken(e, elements, record, content);
                    }
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        } catch (XMLStreamException e) {
            in.close();
            throw new IOException(e);
        }
    }

    /** What breaks the rules is a record, the next one, or stands between or behind them. */
    private static IOException broken(XMLStreamException thrown, Xml.Elements elements, long record, Content content) {
        long tag = elements.at();
        if (elements.inside()) {
            return NotRead.of(thrown, new Place(record, 0, tag), elements.field());
        }
        long at = at(thrown, content);
        if (tag >= 0 && tag <= at && !elements.ended()) {
            return NotRead.of(thrown, new Place(record, 0, tag), "");
        }
        String before = record > 1 ? "behind record " + (record - 1) : "before any record";
        String behind = (elements.ended() ? "behind the root element, " : "") + before;
        return NotRead.of(thrown, at < 0 ? behind : behind + ", byte " + at);
    }

    private static long at(XMLStreamException thrown, Content content) {
        try {
            return XmlByte.of(content.open(), said(content), thrown.getLocation());
        } catch (IOException e) {
            return -1; // why the document is broken matters more
        }
    }

    private static String declaration(FormatSettings settings) {
        return settings.charset().equals(StandardCharsets.UTF_8)
                ? ""
                : "<?xml version=\"1.0\" encoding=\"" + settings.charset().name() + "\"?>";
    }

    @Override
    public void document(JsonNode value, OutputStream out, FormatSettings settings) throws IOException {
        String root = settings.root();
        JsonNode tree = root == null ? value : Json.NODES.objectNode().set(root, value);
        Output text = new Output(out, settings.charset());
        String written = written(tree, root == null ? "; 'root' and 'element' put elements around records" : "");
        text.check(written);
        text.write(declaration(settings) + written);
        text.flush();
    }

    private static String written(JsonNode tree, String hint) throws FormatException {
        try {
            return XmlWriter.write(tree);
        } catch (IllegalArgumentException e) {
            throw FormatException.refused("cannot be written as XML: " + e.getMessage() + hint);
        }
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        String root = Objects.requireNonNull(settings.root(), "the root element");
        String element = Objects.requireNonNull(settings.element(), "the element of a record");
        Output text = new Output(out, settings.charset());
        String empty = written(Json.NODES.objectNode().put(root, ""), "");
        int end = empty.indexOf("</");
        text.write(declaration(settings) + empty.substring(0, end));
        return new RecordWriter() {
            @Override
            public void write(JsonNode record) throws IOException {
                if (record.isArray()) {
                    throw FormatException.refused("is a list in a list, for which XML has no form");
                }
                String one = written(Json.NODES.objectNode().set(element, record), "");
                text.check(one);
                text.write(one);
            }

            @Override
            public void close() throws IOException {
                text.write(empty.substring(end));
                text.flush();
            }
        };
    }
}
