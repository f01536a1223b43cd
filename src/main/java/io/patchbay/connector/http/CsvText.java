package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Records as comma separated values (RFC 4180): the first row names the fields that any of them has. */
final class CsvText {

    private CsvText() {}

    /**
     * A payload with its records as rows; one that is no JSON, as it is.
     *
     * @throws StepException when a record is no object, or a field of it holds more than one value
     */
    static Payload of(Payload payload) throws StepException {
        if (!(payload.body() instanceof Body.Tree)) {
            return payload;
        }
        byte[] text = text(payload.records()).getBytes(StandardCharsets.UTF_8);
        return payload.withBody(new Body.Bytes(text, "text/csv; charset=utf-8"), RecordPath.ROOT);
    }

    private static String text(List<JsonNode> records) throws StepException {
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode record : records) {
            record.fieldNames().forEachRemaining(columns::add);
        }
        StringBuilder text = new StringBuilder();
        try (CSVPrinter rows = new CSVPrinter(text, CSVFormat.RFC4180)) {
            rows.printRecord(columns);
            for (int i = 0; i < records.size(); i++) {
                rows.printRecord(row(records.get(i), columns, i + 1));
            }
        } catch (IOException e) {
            throw new IllegalStateException("rows could not be written into memory", e);
        }
        return text.toString();
    }

    private static List<String> row(JsonNode record, Set<String> columns, int number) throws StepException {
        if (!record.isObject()) {
            throw wrong("record " + number + " is no object, so its values have no columns");
        }
        List<String> row = new ArrayList<>(columns.size());
        for (String column : columns) {
            JsonNode value = record.path(column);
            if (value.isContainerNode()) {
                throw wrong("field '" + column + "' of record " + number + " is a "
                        + (value.isArray() ? "list" : "mapping") + ", and a column holds one value");
            }
            row.add(Values.text(value));
        }
        return row;
    }

    private static StepException wrong(String what) {
        return new StepException(Owner.AUTHOR, "BAD_BODY", what + "; a map before this shape can make texts of them");
    }
}
