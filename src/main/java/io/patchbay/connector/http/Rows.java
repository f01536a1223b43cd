package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.definition.CsvConfig;
import io.patchbay.connector.http.ReplyReader.NotReadable;
import io.patchbay.format.Content;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.Records;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Rows of an answer, or of a text in one, as records. The first one that cannot be read is the failure of all. */
final class Rows {

    private Rows() {}

    /** Begins to read. @throws NotReadable if the first row does not name the columns */
    static Records open(InputStream content, Charset charset, @Nullable CsvConfig csv) throws IOException {
        FormatSettings settings = FormatSettings.DEFAULT.with(csv == null ? CsvSettings.DEFAULT : csv.settings());
        try {
            return new Whole(Formats.of(FormatName.CSV).read(Content.once(content, charset), settings));
        } catch (FormatException e) {
            throw notCsv(e);
        }
    }

    /** All records. */
    static ArrayNode all(InputStream content, Charset charset, @Nullable CsvConfig csv) throws IOException {
        ArrayNode all = Json.NODES.arrayNode();
        try (Records rows = open(content, charset, csv)) {
            for (JsonNode row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }

    private static NotReadable notCsv(FormatException thrown) {
        return NotReadable.record("NOT_CSV", thrown);
    }

    private record Whole(Records rows) implements Records {
        @Override
        public @Nullable JsonNode next() throws IOException {
            try {
                return rows.next();
            } catch (FormatException e) {
                throw notCsv(e);
            }
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
