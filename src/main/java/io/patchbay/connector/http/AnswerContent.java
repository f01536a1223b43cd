package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.Spill;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.format.Detected;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the formats of files, as 'response.content' says. What was read is an answer as it came: the system is not held by
 * what reads its records.
 */
final class AnswerContent {

    /** JSON over a network is in UTF-8 (RFC 8259), whatever its media type adds; another one is declared by the author. */
    private static final Set<FormatName> OF_UTF8 = Set.of(FormatName.JSON, FormatName.NDJSON);

    private static final long LONGEST_TEXT = 16L << 20;

    private final ResponseConfig response;
    private final ContentConfig config;
    private final Path spill;

    /** Answers of an endpoint; those of content that its settings say. */
    AnswerContent(ResponseConfig response, ContentConfig config, Path spill) {
        this.response = response;
        this.config = config;
        this.spill = spill;
    }

    /** What a caller says that it takes; null when it takes anything. */
    static @Nullable String accept(ContentConfig config) {
        if (config.unpack() != null) {
            return "application/zip";
        }
        return config.format() == FormatName.AUTO
                ? null
                : Formats.of(config.format()).mediaTypes().stream().distinct().collect(Collectors.joining(", "));
    }

    /** Begins to read the records. @throws StepException when the answer is not of its format */
    RecordSource open(Payload answer) throws StepException {
        boolean none = answer.body() instanceof Body.Bytes raw && raw.bytes().length == 0;
        if (none || answer.isEmpty()) {
            return new None();
        }
        boolean asks = config.format() == FormatName.AUTO && config.unpack() == null;
        FormatName name = asks ? detected(answer) : config.format();
        ReadContent content = content(answer, name);
        Charset told = response.encoding() == null ? content.said() : null;
        try {
            if (config.unpack() == null) {
                refusePage(answer, name);
            }
            refuseLong(answer, name);
            return new Judged(ContentReader.read(content, name, config), told);
        } catch (StepException e) {
            throw judged(e, told);
        }
    }

    /**
     * All records of an answer, which is not kept then.
     *
     * @param broken takes those that cannot be read
     * @param place of the answer among those of a list
     */
    Payload whole(Payload answer, BrokenRecords broken, String place) throws StepException {
        broken.begin();
        ArrayNode all = Json.NODES.arrayNode();
        try (RecordSource records = open(answer)) {
            for (JsonNode record = broken.next(records, answer, place, () -> {});
                    record != null;
                    record = broken.next(records, answer, place, () -> {})) {
                all.add(record);
            }
        } catch (IOException e) {
            throw ContentReader.broken(e, content(answer, config.format()), config.format());
        } finally {
            Spill.delete(answer);
        }
        return answer.withBody(new Body.Tree(all), RecordPath.ROOT_LIST);
    }

    private ReadContent content(Payload answer, FormatName name) {
        Charset own = response.encoding();
        ContentType type = MediaType.of(answer.body().contentType());
        Charset said = own != null || type == null || OF_UTF8.contains(name) ? own : type.getCharset();
        return new ReadContent(
                answer, "the answer", answer.body().contentType(), said, "content.charset", false, spill);
    }

    /** What the answer says of itself, or how it begins; a plain text is what it begins as. */
    private FormatName detected(Payload answer) throws StepException {
        String type = answer.body().contentType();
        FormatName said = Detected.byType(type);
        if (said != null && said != FormatName.TEXT) {
            return said;
        }
        byte[] start = start(answer, Detected.LOOKED_AT);
        FormatName found = Detected.byStart(start);
        if (found == null && said == null) {
            throw ContentReader.unknown("neither the media type of the answer ("
                    + (type.matches("[\\x20-\\x7e]{1,100}") && !type.equals("null") ? type : "none")
                    + ") nor its beginning says its format; 'content.format' can name it");
        }
        return found == null ? FormatName.TEXT : found;
    }

    /** An error page that says 200 would be a row, or a text. */
    private void refusePage(Payload answer, FormatName name) throws StepException {
        String page = NotXml.page(new String(start(answer, 64), StandardCharsets.UTF_8));
        boolean meant = config.records() != null && config.records().startsWith("$.html");
        if (page != null && name != FormatName.TEXT && !meant) {
            throw ContentReader.broken(FormatException.ends("found " + page, null), content(answer, name), name);
        }
    }

    /** A text is one record. */
    private void refuseLong(Payload answer, FormatName name) throws StepException {
        if (name == FormatName.TEXT && answer.body() instanceof Body.Stored stored && stored.size() > LONGEST_TEXT) {
            String why = "a text is one record, and this one has more than " + LONGEST_TEXT + " bytes; 'format: lines'"
                    + " reads its lines";
            throw ContentReader.broken(FormatException.ends(why, null), content(answer, name), name);
        }
    }

    private byte[] start(Payload answer, int most) {
        try (InputStream in = content(answer, FormatName.AUTO).open()) {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /**
     * A failure with what may help: an answer that only ended too early may come whole when it is asked for again.
     *
     * @param told the character set that the answer itself names, or null
     */
    private static StepException judged(StepException why, @Nullable Charset told) {
        Throwable cause = why.getCause();
        String what = String.valueOf(why.getMessage());
        if (cause != null && cut(cause.getCause())) {
            return new StepException(why.owner(), why.code(), what, cause, true, null);
        }
        return told != null && cause instanceof FormatException thrown && misencoded(thrown)
                ? new StepException(
                        why.owner(),
                        why.code(),
                        what + "; the answer says of itself that it is in " + told
                                + ", which 'response.encoding' overrules",
                        cause)
                : why;
    }

    private static boolean misencoded(FormatException thrown) {
        Charset charset = thrown.charset();
        if (charset == null || !thrown.found().isBinary()) {
            return false;
        }
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(thrown.found().binaryValue()));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean cut(@Nullable Throwable cause) {
        return cause instanceof XMLStreamException xml
                ? NotXml.cut(xml)
                : cause instanceof IOException io && NotJson.cut(io);
    }

    /** Records whose failures say what may help. */
    private record Judged(RecordSource records, @Nullable Charset told) implements RecordSource {
        @Override
        public @Nullable JsonNode next() throws StepException {
            try {
                return records.next();
            } catch (StepException e) {
                throw judged(e, told);
            }
        }

        @Override
        public @Nullable FormatName format() {
            return records.format();
        }

        @Override
        public @Nullable String part() {
            return records.part();
        }

        @Override
        public long before() {
            return records.before();
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }

    /** No content has no records. */
    private record None() implements RecordSource {
        @Override
        public @Nullable JsonNode next() {
            return null;
        }

        @Override
        public void close() {}
    }
}
