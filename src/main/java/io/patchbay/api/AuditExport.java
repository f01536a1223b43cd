package io.patchbay.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.ops.audit.AuditEntry;
import io.patchbay.ops.audit.AuditLog;
import io.patchbay.ops.audit.AuditQuery;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of the audit log as a file. */
final class AuditExport {

    /** Forms of the file. */
    enum Form {
        NDJSON,
        CSV
    }

    private static final List<String> COLUMNS =
            List.of("id", "at", "actor", "kind", "role", "address", "action", "subject", "outcome", "status");

    private AuditExport() {}

    /** The file, read while it is sent. */
    static InputStream of(AuditLog log, AuditQuery which, Form form) {
        return ListInPieces.of(
                (@Nullable AuditEntry last) -> log.list(which, last == null ? null : last.id(), ListInPieces.PART),
                (part, first) ->
                        form == Form.CSV ? CsvBody.rows(COLUMNS, first, part, entry -> row(entry, true)) : lines(part));
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
