package io.patchbay.format;

import io.patchbay.payload.RecordPath;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said about a format; each takes what it knows.
 *
 * @param charset what is written, and read where nothing says otherwise
 * @param at when it is written, for formats that say so
 * @param records where records stand in a document; null where nobody says it
 * @param root element around the records of written XML
 * @param element element that each record of written XML is
 */
public record FormatSettings(
        Charset charset,
        CsvSettings csv,
        JsonSettings json,
        XmlSettings xml,
        @Nullable FixedSettings fixed,
        XlsxSettings xlsx,
        EdiSettings edi,
        Instant at,
        @Nullable RecordPath records,
        @Nullable String root,
        @Nullable String element) {

    /** Nothing is said. */
    public static final FormatSettings DEFAULT = new FormatSettings(
            StandardCharsets.UTF_8,
            CsvSettings.DEFAULT,
            JsonSettings.DEFAULT,
            XmlSettings.DEFAULT,
            null,
            XlsxSettings.DEFAULT,
            EdiSettings.DEFAULT,
            Instant.EPOCH,
            null,
            null,
            null);

    /** The same for one record alone: there is nothing before it to be passed over. */
    public FormatSettings alone() {
        FixedSettings one = fixed == null ? null : new FixedSettings(fixed.columns(), fixed.ends(), 0);
        return new FormatSettings(charset, csv, json, xml, one, xlsx, edi, at, records, root, element);
    }

    /** The same, with rows that stand otherwise. */
    public FormatSettings with(CsvSettings rows) {
        return new FormatSettings(charset, rows, json, xml, fixed, xlsx, edi, at, records, root, element);
    }

    /** The same, with records at another place. */
    public FormatSettings with(RecordPath place) {
        return new FormatSettings(charset, csv, json, xml, fixed, xlsx, edi, at, place, root, element);
    }
}
