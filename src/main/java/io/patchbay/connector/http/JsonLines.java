package io.patchbay.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.http.ReplyReader.NotReadable;
import io.patchbay.format.Content;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.RecordPath;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Values of an answer that is kept, one per line. Values are read wherever they stand, as where nothing goes aside; when one is wrong, the
 * lines are read from there on, so that the next one is found. One value is read ahead: what is wrong may stand behind a value on its line.
 */
final class JsonLines implements Records {

    private static final int BEGIN = 64;

    private final Body kept;
    private final ResponseConfig response;
    private final StoredRecords values;
    private @Nullable JsonNode ahead;
    private boolean begun;
    private long given;
    private @Nullable Records lines;

    private JsonLines(Body kept, ResponseConfig response, StoredRecords values) {
        this.kept = kept;
        this.response = response;
        this.values = values;
    }

    /** Begins to read. */
    static JsonLines open(Body kept, ResponseConfig response) throws IOException {
        try {
            return new JsonLines(
                    kept,
                    response,
                    StoredRecords.open(content(kept), response, response.encoding(), RecordPath.ROOT_LIST));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("lines are no XML", e);
        }
    }

    private static InputStream content(Body kept) throws IOException {
        return kept instanceof Body.Stored stored
                ? Files.newInputStream(stored.file())
                : new ByteArrayInputStream(kept instanceof Body.Bytes raw ? raw.bytes() : new byte[0]);
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        if (lines == null) {
            try {
                return value();
            } catch (JsonProcessingException | CharConversionException | CharacterCodingException e) {
                lines = lines(e);
            }
        }
        return line(lines);
    }

    private @Nullable JsonNode value() throws IOException {
        if (!begun) {
            ahead = value(values);
            begun = true;
        }
        JsonNode value = ahead;
        if (value != null) {
            ahead = value(values);
            given++;
        }
        return value;
    }

    private static @Nullable JsonNode value(StoredRecords values) throws IOException {
        try {
            return values.next();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("lines are no XML", e);
        }
    }

    private static @Nullable JsonNode line(Records lines) throws IOException {
        try {
            return lines.next();
        } catch (FormatException e) {
            throw NotReadable.record("NOT_JSON", e);
        }
    }

    /** The lines behind those that were given. @throws IOException the failure, where values do not stand one on each line */
    private Records lines(IOException why) throws IOException {
        try (InputStream content = content(kept)) {
            if (NotXml.page(new String(content.readNBytes(BEGIN), StandardCharsets.UTF_8)) != null) {
                throw why;
            }
        }
        ContentConfig config = Objects.requireNonNull(response.rows());
        Records all = Formats.of(FormatName.NDJSON)
                .read(Content.once(content(kept), response.encoding()), config.settings(Instant.EPOCH));
        try {
            for (long i = 0; i < given; i++) {
                if (all.next() == null) {
                    throw why;
                }
            }
            return all;
        } catch (FormatException e) {
            all.close();
            throw why;
        } catch (IOException e) {
            all.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        values.close();
        if (lines != null) {
            lines.close();
        }
    }
}
