package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Columns;
import io.patchbay.connector.Selection;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import io.patchbay.connector.http.ReplyReader.NotReadable;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/** The records of an answer that was kept as it came, in the form that 'response.format' says. */
final class StoredAnswer implements RecordSource {

    private static final int BEGIN = 64;

    private final HttpOperation operation;
    private final Payload answer;
    private final Columns.@Nullable Names names;
    private final StoredRecords records;

    private StoredAnswer(
            HttpOperation operation, Payload answer, Columns.@Nullable Names names, StoredRecords records) {
        this.operation = operation;
        this.answer = answer;
        this.names = names;
        this.records = records;
    }

    /**
     * Begins to read.
     *
     * @param skips whether records that cannot be read go aside
     * @throws StepException when the answer is not of its form
     */
    static StoredAnswer open(HttpOperation operation, Payload answer, boolean skips) throws StepException {
        ResponseConfig response = operation.call().response();
        Selection selection = operation.call().selection();
        Charset declared = declared(response, answer.body());
        try {
            Columns columns = selection.columns();
            // They may stand behind the records, so they are looked for before the first one.
            Columns.Names names = columns == null
                    ? null
                    : columns.of(StoredRecords.list(
                            content(answer), declared, columns.list(), Columns.MOST + 1, response.reader()));
            RecordPath path = Objects.requireNonNullElse(selection.path(), RecordPath.ROOT_LIST);
            if (response.format() == Format.CSV) {
                ReplyReader.refusePage(start(answer));
            }
            StoredRecords records = skips && response.format() == Format.NDJSON
                    ? StoredRecords.of(JsonLines.open(answer.body(), response))
                    : StoredRecords.open(content(answer), response, declared, path);
            return new StoredAnswer(operation, answer, names, records);
        } catch (IOException | XMLStreamException e) {
            throw unreadable(operation, answer, e);
        }
    }

    /** RFC 8259 has JSON in UTF-8 only; another character set has to be declared by the author. */
    private static @Nullable Charset declared(ResponseConfig response, Body body) {
        if (response.encoding() != null) {
            return response.encoding();
        }
        ContentType type = MediaType.of(body.contentType());
        boolean says = response.format() == Format.CSV || response.format() == Format.XML;
        return says && type != null ? type.getCharset() : null;
    }

    @Override
    public @Nullable JsonNode next() throws StepException {
        try {
            JsonNode record = records.next();
            return record == null || names == null ? record : names.named(record);
        } catch (IOException | UncheckedIOException | XMLStreamException e) {
            throw unreadable(operation, answer, e);
        }
    }

    @Override
    public @Nullable FormatName format() {
        return switch (operation.call().response().format()) {
            case CSV -> FormatName.CSV;
            case NDJSON -> FormatName.NDJSON;
            default -> null;
        };
    }

    private static StepException unreadable(HttpOperation operation, Payload answer, Exception thrown) {
        String start = start(answer);
        if (thrown instanceof XMLStreamException xml) {
            return operation.unreadable(new NotReadable("NOT_XML", NotXml.sentence(xml, start), NotXml.cut(xml)));
        }
        IOException io = thrown instanceof IOException checked ? checked : new IOException(thrown.getCause());
        boolean told = io instanceof NotReadable || operation.call().response().format() == Format.CSV;
        String type = answer.body().contentType();
        return operation.unreadable(
                told ? io : new NotReadable("NOT_JSON", NotJson.mendable(io, start, type), NotJson.cut(io)));
    }

    /** The content as it came; what a rule calls good that is no success has none. */
    private static InputStream content(Payload answer) throws IOException {
        return answer.isEmpty() ? InputStream.nullInputStream() : answer.stream();
    }

    private static String start(Payload answer) {
        try (InputStream content = content(answer)) {
            return new String(content.readNBytes(BEGIN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
