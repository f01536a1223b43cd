package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Columns;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Request;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.CountedRecords;
import io.patchbay.connector.paging.FollowedPages;
import io.patchbay.connector.paging.OpenContent;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.Turn;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * One answer with a long list, in payloads of so many records. The answer is kept in a file first, so that the system is not
 * held by what works on the records, and never more of it than one payload is in memory. A pull that goes on after a crash
 * asks again and passes over what was delivered; if that is not what it was, it begins anew and says so.
 */
final class ChunkPages extends FollowedPages {

    static final JsonNode FIRST = Json.NODES.objectNode();

    /** Payloads of one answer; it is bounded by its size. */
    static final int MOST = 100_000_000;

    private static final int BEGIN = 64;
    private static final String RECORDS = "records";
    private static final String PRINT = "print";

    private final HttpOperation operation;
    private final Answers answers;
    private final int chunk;
    private final OpenContent<Opened> opened = new OpenContent<>();

    ChunkPages(HttpOperation operation, Request request, Answers answers) {
        super(request);
        this.operation = operation;
        this.answers = answers;
        this.chunk = Objects.requireNonNull(operation.call().selection().chunk());
    }

    /** An answer that is being read. */
    private final class Opened extends CountedRecords<JsonNode, StoredRecords> {
        private final Payload answer;
        private Columns.@Nullable Names names;

        Opened(Payload answer) {
            this.answer = answer;
        }

        @Override
        protected StoredRecords open() throws StepException {
            Body body = answer.body();
            names = names(body);
            RecordPath path =
                    Objects.requireNonNullElse(operation.call().selection().path(), RecordPath.ROOT_LIST);
            try {
                return StoredRecords.open(content(body), operation.call().response(), declared(body), path);
            } catch (IOException | XMLStreamException e) {
                throw unreadable(e);
            }
        }

        /** They may stand behind the records, so they are looked for before the first one. */
        private Columns.@Nullable Names names(Body body) throws StepException {
            Columns columns = operation.call().selection().columns();
            if (columns == null) {
                return null;
            }
            try {
                return columns.of(StoredRecords.list(content(body), declared(body), columns.list(), Columns.MOST + 1));
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        protected @Nullable JsonNode following(StoredRecords records) throws StepException {
            try {
                JsonNode record = records.next();
                return record == null || names == null ? record : names.named(record);
            } catch (IOException | UncheckedIOException | XMLStreamException e) {
                throw unreadable(e);
            }
        }

        private StepException unreadable(Exception thrown) {
            String start = start(answer.body());
            String type = answer.body().contentType();
            if (thrown instanceof XMLStreamException xml) {
                return operation.unreadable(
                        new ReplyReader.NotReadable("NOT_XML", NotXml.sentence(xml, start), NotXml.cut(xml)));
            }
            IOException io = thrown instanceof IOException checked ? checked : new IOException(thrown.getCause());
            boolean rows = operation.call().response().format() == ResponseConfig.Format.CSV;
            return operation.unreadable(
                    rows
                            ? io
                            : new ReplyReader.NotReadable(
                                    "NOT_JSON", NotJson.sentence(io, start, type), NotJson.cut(io)));
        }
    }

    private static InputStream content(Body body) throws IOException {
        return body instanceof Body.Stored stored
                ? Files.newInputStream(stored.file())
                : new ByteArrayInputStream(body instanceof Body.Bytes raw ? raw.bytes() : new byte[0]);
    }

    private static String start(Body body) {
        try (InputStream content = content(body)) {
            return new String(content.readNBytes(BEGIN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** RFC 8259 has JSON in UTF-8 only; another character set has to be declared by the author. */
    private @Nullable Charset declared(Body body) {
        ResponseConfig response = operation.call().response();
        if (response.encoding() != null) {
            return response.encoding();
        }
        ContentType type = ContentType.parseLenient(body.contentType());
        boolean says = response.format() == ResponseConfig.Format.CSV || response.format() == ResponseConfig.Format.XML;
        return says && type != null ? type.getCharset() : null;
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        Opened at = opened.records();
        if (at == null || at.read() != state.path(RECORDS).asLong()) {
            at = opened(mayWait);
            if (at == null) {
                return null;
            }
            goTo(at, state);
        }
        List<JsonNode> records = new ArrayList<>(Math.min(chunk, 1_000));
        for (JsonNode record = at.next(); record != null; record = records.size() < chunk ? at.next() : null) {
            records.add(record);
        }
        JsonNode next = at.ended()
                ? null
                : Json.NODES.objectNode().put(RECORDS, at.read()).put(PRINT, at.print());
        Payload page = at.answer.withBody(
                new Body.Tree(Json.NODES.arrayNode(records.size()).addAll(records)), RecordPath.ROOT_LIST);
        Deletes.Parted parted = answers.parted(page);
        Payload taken = answers.taken(parted.there(), request);
        boolean left = taken.recordCount() == 0 && !answers.emitEmpty();
        return new Fetched(taken, left, next, false, parted.deleted(), answers.keys(records));
    }

    private @Nullable Opened opened(boolean mayWait) throws StepException {
        Governor.Permit permit = permit(operation.governor(), mayWait);
        if (permit == null) {
            return null;
        }
        Payload answer;
        try {
            answer = answers.payload(operation.exchange(request, Turn.PLAIN), request.payload());
        } finally {
            permit.release();
        }
        return opened.begin(new Opened(answer), answer);
    }

    private void goTo(Opened at, JsonNode state) throws StepException {
        long wanted = state.path(RECORDS).asLong();
        if (!at.passOver(wanted, state.path(PRINT).asLong())) {
            request.trace()
                    .warn("the answer is not what it was before: its " + wanted
                            + " records that were delivered are read again with the others");
        }
    }

    @Override
    public void close() {
        super.close();
        opened.close();
    }
}
