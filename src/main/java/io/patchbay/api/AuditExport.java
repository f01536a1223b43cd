package io.patchbay.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.format.RecordWriter;
import io.patchbay.ops.audit.AuditEntry;
import io.patchbay.ops.audit.AuditLog;
import io.patchbay.ops.audit.AuditQuery;
import io.patchbay.payload.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Entries of the audit log as a file, read a part at a time while it is sent. */
@SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
final class AuditExport implements Enumeration<InputStream> {

    /** Forms of the file. */
    enum Form {
        NDJSON,
        CSV
    }

    private static final int PART = 500;
    private static final List<String> COLUMNS =
            List.of("id", "at", "actor", "kind", "role", "address", "action", "subject", "outcome", "status");

    private final AuditLog log;
    private final AuditQuery which;
    private final Form form;
    private @Nullable String after;
    private boolean begun;
    private boolean ended;

    AuditExport(AuditLog log, AuditQuery which, Form form) {
        this.log = log;
        this.which = which;
        this.form = form;
    }

    @Override
    public boolean hasMoreElements() {
        return !ended;
    }

    @Override
    public InputStream nextElement() {
        if (ended) {
            throw new NoSuchElementException();
        }
        List<AuditEntry> part = log.list(which, after, PART);
        ended = part.size() < PART;
        if (!part.isEmpty()) {
            after = part.get(part.size() - 1).id();
        }
        try {
            return new ByteArrayInputStream(form == Form.CSV ? rows(part) : lines(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] rows(List<AuditEntry> part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter rows = CsvBody.write(bytes, COLUMNS, !begun)) {
            begun = true;
            for (AuditEntry entry : part) {
                rows.write(row(entry, true));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] lines(List<AuditEntry> part) throws IOException {
        ObjectMapper mapper = Json.MAPPER;
        StringBuilder lines = new StringBuilder();
        for (AuditEntry entry : part) {
            lines.append(mapper.writeValueAsString(row(entry, false))).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode row(AuditEntry entry, boolean guarded) {
        return Json.NODES
                .objectNode()
                .put("id", entry.id())
                .put("at", entry.at().toString())
                .put("actor", text(entry.actor(), guarded))
                .put("kind", entry.kind())
                .put("role", entry.role())
                .put("address", entry.address())
                .put("action", text(entry.action(), guarded))
                .put("subject", text(entry.subject(), guarded))
                .put("outcome", entry.outcome().word())
                .put("status", entry.status());
    }

    private static String text(String value, boolean guarded) {
        return guarded ? CsvBody.whole(CsvCell.guarded(value)) : value;
    }
}
