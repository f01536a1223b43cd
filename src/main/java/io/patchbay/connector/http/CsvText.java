package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.content.ContentWriter;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Records of a request as rows: the first one names the fields that any of them has. */
final class CsvText {

    private CsvText() {}

    /** A payload with its records as rows; one that is no JSON, as it is. @throws StepException when a record has no fields */
    static Payload of(Payload payload) throws StepException {
        if (!(payload.body() instanceof Body.Tree)) {
            return payload;
        }
        List<JsonNode> records = payload.records();
        Set<String> columns = new LinkedHashSet<>();
        records.forEach(record -> record.fieldNames().forEachRemaining(columns::add));
        ContentConfig form = form(List.copyOf(columns));
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try {
            ContentWriter.write(payload, form, Instant.EPOCH, rows);
        } catch (IOException e) {
            throw new IllegalStateException("rows could not be written to memory", e);
        }
        return payload.withBody(
                new Body.Bytes(rows.toByteArray(), ContentWriter.typeWithCharset(form)), RecordPath.ROOT);
    }

    /** A program reads them, so nothing is put before what looks like a formula. */
    private static ContentConfig form(List<String> columns) {
        CsvSettings named = CsvSettings.DEFAULT.of(columns, CsvSettings.DEFAULT.header());
        return ContentConfig.rows(FormatName.CSV, 1, StandardCharsets.UTF_8, named, null);
    }
}
