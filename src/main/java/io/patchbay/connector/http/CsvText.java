package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.csv.CsvLines;
import io.patchbay.connector.definition.CsvConfig;
import io.patchbay.connector.definition.FileCsvConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
        try (InputStream rows = CsvLines.of(records, form(List.copyOf(columns))).open()) {
            Body body = new Body.Bytes(rows.readAllBytes(), "text/csv; charset=utf-8");
            return payload.withBody(body, RecordPath.ROOT);
        } catch (IOException e) {
            throw new IllegalStateException("rows could not be read from memory", e);
        }
    }

    /** A program reads them, so nothing is put before what looks like a formula. */
    private static FileCsvConfig form(List<String> columns) {
        CsvConfig usual = CsvConfig.DEFAULT;
        return new FileCsvConfig(
                usual.delimiter(),
                usual.header(),
                columns,
                StandardCharsets.UTF_8,
                usual.quote(),
                1,
                FileCsvConfig.Formulas.KEEP);
    }
}
