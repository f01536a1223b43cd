package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.csv.CsvRows;
import io.patchbay.connector.definition.FileCsvConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/** Rows of a file, as its settings 'csv' say. */
record CsvContent(CsvRows rows, FileCsvConfig csv, String path) implements RecordSource {

    static RecordSource read(Payload file, String path, FileCsvConfig csv) throws StepException {
        try {
            var decoder = csv.encoding()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            return new CsvContent(new CsvRows(new InputStreamReader(file.stream(), decoder), csv.rows()), csv, path);
        } catch (IOException e) {
            throw unreadable(path, csv, e);
        }
    }

    @Override
    public @Nullable JsonNode next() throws StepException {
        try {
            return rows.next();
        } catch (IOException e) {
            throw unreadable(path, csv, e);
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private static StepException unreadable(String path, FileCsvConfig csv, IOException thrown) {
        String why = thrown instanceof CharacterCodingException
                ? "it is not in " + csv.encoding() + " (csv.encoding)"
                : String.valueOf(thrown.getMessage());
        return new StepException(Owner.REMOTE, "NOT_CSV", "file '" + path + "' cannot be read as CSV: " + why, thrown);
    }
}
