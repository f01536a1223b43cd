package io.patchbay.shape.convert;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.connector.definition.FileCsvConfig;
import io.patchbay.payload.RecordPath;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a conversion. */
@Doc("From which format to which")
public record ConvertSettings(
        @Doc("Format of the result") Format to,

        @Doc("Format of the payload; without it its media type says so") @Nullable
        Format from,

        @Doc("Character set: read, where the media type names none; written") @Default("UTF-8")
        Charset charset,

        @Doc("Where the records stand in what was read, like $.orders.order[*]") @Nullable
        String records,

        @Doc("to: xml: name of the root element around the records") @Nullable
        String root,

        @Doc("to: xml: name of the element that each record is, inside the root") @Nullable
        String element,

        @Doc(
                "from: csv, ndjson or xml: most records of a payload, for content that does not fit into memory; it yields many payloads")
        @Range(min = 1, max = 100_000)
        @Nullable
        Integer chunk,

        @Doc("How rows are written or read") @Nullable CsvSettings csv) {

    private static final Set<Format> STREAMED = Set.of(Format.CSV, Format.NDJSON, Format.XML);

    /** Formats. */
    public enum Format {
        /** One JSON document. */
        JSON,
        /** XML 1.0. */
        XML,
        /** Comma separated values. */
        CSV,
        /** A JSON value per line. */
        NDJSON,
        /** Plain text. */
        TEXT
    }

    /** How rows stand. */
    @Doc("How rows of comma separated values stand (RFC 4180)")
    public record CsvSettings(
            @Doc("What stands between values, one character") @Default("','")
            String delimiter,

            @Doc("Whether the first row names the columns") @Default("true")
            boolean header,

            @Doc("Names of the columns; written: these fields and no others, without it those of the first record")
            @Default("[]")
            List<String> columns,

            @Doc("What stands around values that need it; '' for nothing") @Default("'\"'")
            String quote,

            @Doc("Written: whether text that spreadsheets would take for a formula gets a ' before it") @Default("keep")
            FileCsvConfig.Formulas formulas) {

        /** @throws IllegalArgumentException if delimiter or quote is not one character, or nothing names the columns */
        public CsvSettings {
            columns = List.copyOf(columns);
            new FileCsvConfig(delimiter, header, columns, java.nio.charset.StandardCharsets.UTF_8, quote, 1, formulas)
                    .rows();
        }
    }

    /** @throws IllegalArgumentException when words do not go together */
    public ConvertSettings {
        if (chunk != null && (to != Format.JSON || from == null || !STREAMED.contains(from))) {
            throw new IllegalArgumentException(
                    "'chunk' reads csv, ndjson or xml as JSON: it needs 'from' with one of them, and 'to: json'");
        }
        if (chunk != null
                && from == Format.XML
                && (records == null || !RecordPath.parse(records).each())) {
            throw new IllegalArgumentException(
                    "'chunk' of XML needs 'records': where its elements stand, like $.orders.order[*]");
        }
        if ((root != null || element != null) && to != Format.XML) {
            throw new IllegalArgumentException("'root' and 'element' belong to 'to: xml'");
        }
        if (element != null && root == null) {
            throw new IllegalArgumentException("'element' needs 'root': XML has one element around all others");
        }
        if (csv != null && to != Format.CSV && from != Format.CSV) {
            throw new IllegalArgumentException("'csv' belongs to 'from: csv' or 'to: csv'");
        }
        if (records != null) {
            if (to != Format.JSON) {
                throw new IllegalArgumentException(
                        "'records' says where records stand in what was read, and belongs to 'to: json'");
            }
            RecordPath.parse(records);
        }
    }

    @Nullable
    RecordPath recordPath() {
        return records == null ? null : RecordPath.parse(records);
    }

    FileCsvConfig rows() {
        CsvSettings own = csv;
        return own == null
                ? new FileCsvConfig(",", true, List.of(), charset, "\"", 1000, FileCsvConfig.Formulas.KEEP)
                : new FileCsvConfig(
                        own.delimiter(), own.header(), own.columns(), charset, own.quote(), 1000, own.formulas());
    }

    int mostRecords() {
        return Objects.requireNonNull(chunk);
    }
}
