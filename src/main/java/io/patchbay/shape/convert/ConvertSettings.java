package io.patchbay.shape.convert;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.format.ChosenMembers;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.EdiSettings;
import io.patchbay.format.FixedSettings;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.JsonSettings;
import io.patchbay.format.XlsxSettings;
import io.patchbay.format.XmlSettings;
import io.patchbay.payload.RecordPath;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Settings of a conversion. */
@Doc("From which format to which")
public record ConvertSettings(
        @Doc("Format of the result") FormatName to,

        @Doc(
                "Format of the payload; without it its media type says so; auto: its media type, the name of its file, or how it begins")
        @Nullable
        FormatName from,

        @Doc("Character set: read, where neither a byte-order mark nor the media type names one; written")
        @Default("UTF-8")
        Charset charset,

        @Doc("Where the records stand in what was read, like $.orders.order[*]") @Nullable
        String records,

        @Doc("to: xml: name of the root element around the records") @Nullable
        String root,

        @Doc("to: xml: name of the element that each record is, inside the root") @Nullable
        String element,

        @Doc(
                "Read: most records of a payload, for content that does not fit into memory; it yields many payloads. Not for text and form")
        @Range(min = 1, max = 100_000)
        @Nullable
        Integer chunk,

        @Doc(
                "With chunk: a payload ends with the record that makes it as large as this, about; 8MB unless given, at most 1GB")
        @Nullable
        DataSize chunkBytes,

        @Doc("How rows are written or read, of csv and tsv") @Nullable
        CsvSettings csv,

        @Doc("How JSON is read") @Nullable JsonSettings json,

        @Doc("How XML becomes a value") @Nullable XmlSettings xml,

        @Doc("The columns of fixed width") @Nullable FixedSettings fixed,

        @Doc("Which sheet of a workbook, and how it stands") @Nullable
        XlsxSettings xlsx,

        @Doc("to: edifact or x12: the envelope") @Nullable EdiSettings edi,

        @Doc(
                "How the payload is packed; zip: a payload for each member, with the member's name as metadata member.name")
        @Nullable
        Packed unpack,

        @Doc("unpack: zip: pattern of the members that are read, like *.csv or out/orders-*.csv; all without it")
        @Nullable
        String members,

        @Doc("How the result is packed") @Nullable Packing pack,

        @Doc("How the result is written, where that differs from how the payload is read") @Nullable
        Writing write) {

    /** How the result is written. */
    @Doc("How the result is written; without a key as it is said for reading")
    public record Writing(
            @Doc("Character set") @Nullable Charset charset,
            @Doc("How rows are written") @Nullable CsvSettings csv,
            @Doc("The columns of fixed width") @Nullable FixedSettings fixed) {}

    private static final DataSize USUAL_BYTES = DataSize.ofMegabytes(8);
    private static final DataSize MOST_BYTES = DataSize.ofGigabytes(1);
    private static final Set<FormatName> WHOLE = EnumSet.of(FormatName.TEXT, FormatName.FORM);

    /** @throws IllegalArgumentException when words do not go together */
    public ConvertSettings {
        if (to == FormatName.AUTO) {
            throw new IllegalArgumentException("'to' must name a format; 'auto' is for 'from'");
        }
        if (chunk != null && (to != FormatName.JSON || from == null || WHOLE.contains(from))) {
            throw new IllegalArgumentException(
                    "'chunk' reads records as JSON: it needs 'from' with one of them"
                            + " that has records (csv, tsv, ndjson, lines, xml, json, yaml, fixed, xlsx, edifact, x12, or auto), and 'to: json'");
        }
        if (chunkBytes != null && chunk == null) {
            throw new IllegalArgumentException(
                    "'chunkBytes' is about the payloads that 'chunk' makes: it needs 'chunk'");
        }
        if (chunkBytes != null && (chunkBytes.toBytes() < 1 || chunkBytes.compareTo(MOST_BYTES) > 0)) {
            throw new IllegalArgumentException(
                    "'chunkBytes' must be at least 1B and at most 1GB, like chunkBytes: 8MB");
        }
        if (chunk != null && from == FormatName.XML) {
            needsPlace(records);
        }
        if ((root != null || element != null) && to != FormatName.XML) {
            throw new IllegalArgumentException("'root' and 'element' belong to 'to: xml'");
        }
        XmlSettings.checkElement("root", root);
        XmlSettings.checkElement("element", element);
        if (element != null && root == null) {
            throw new IllegalArgumentException("'element' needs 'root': XML has one element around all others");
        }
        if (csv != null && !names(to, from, FormatName.CSV) && !names(to, from, FormatName.TSV)) {
            throw new IllegalArgumentException("'csv' belongs to 'from: csv' or 'to: csv', or tsv");
        }
        if (csv != null && (from == null || names(from, from, FormatName.CSV) || from == FormatName.TSV)) {
            csv.checkRead();
        }
        if (unpack == Packed.ZIP && chunk != null) {
            throw new IllegalArgumentException(
                    "'chunk' reads one content, and a zip file may have many: unpack it in a shape before");
        }
        ChosenMembers.check(members, unpack == Packed.ZIP);
        if (xlsx != null && !names(to, from, FormatName.XLSX)) {
            throw new IllegalArgumentException("'xlsx' belongs to 'from: xlsx' or 'to: xlsx'");
        }
        if (edi != null && to != FormatName.EDIFACT && to != FormatName.X12) {
            throw new IllegalArgumentException("'edi' belongs to 'to: edifact' or 'to: x12'");
        }
        if (xml != null && from != FormatName.XML && from != FormatName.AUTO) {
            throw new IllegalArgumentException("'xml' belongs to 'from: xml'");
        }
        if (json != null && from != null && !names(from, from, FormatName.JSON) && from != FormatName.NDJSON) {
            throw new IllegalArgumentException("'json' belongs to 'from: json' or 'from: ndjson'");
        }
        if (write != null) {
            needed(write, to);
        }
        CsvSettings rows = write == null || write.csv() == null ? csv : write.csv();
        if (rows != null && (to == FormatName.CSV || to == FormatName.TSV)) {
            rows.checkWritten(write == null || write.charset() == null ? charset : write.charset());
        }
        boolean columns = fixed != null || (write != null && write.fixed() != null);
        boolean wanted = from == FormatName.FIXED || to == FormatName.FIXED;
        if (columns != wanted || (from == FormatName.FIXED && fixed == null)) {
            throw new IllegalArgumentException(
                    "'fixed' names the columns of 'from: fixed' or 'to: fixed': the one needs the other");
        }
        if (records != null) {
            if (to != FormatName.JSON) {
                throw new IllegalArgumentException(
                        "'records' says where records stand in what was read, and belongs to 'to: json'");
            }
            RecordPath.parse(records);
        }
    }

    private static void needed(Writing write, FormatName to) {
        if (write.csv() != null && to != FormatName.CSV && to != FormatName.TSV) {
            throw new IllegalArgumentException("'write.csv' belongs to 'to: csv' or 'to: tsv'");
        }
        if (write.fixed() != null && to != FormatName.FIXED) {
            throw new IllegalArgumentException("'write.fixed' belongs to 'to: fixed'");
        }
    }

    private static boolean names(FormatName to, @Nullable FormatName from, FormatName one) {
        return to == one || from == one || from == FormatName.AUTO;
    }

    static void needsPlace(@Nullable String records) {
        if (records == null || !RecordPath.parse(records).each()) {
            throw new IllegalArgumentException(
                    "'chunk' of XML needs 'records': where its elements stand, like $.orders.order[*]");
        }
    }

    @Nullable
    RecordPath recordPath() {
        return records == null ? null : RecordPath.parse(records);
    }

    FormatSettings formats() {
        return new FormatSettings(
                charset,
                csv == null ? CsvSettings.DEFAULT : csv,
                json == null ? JsonSettings.DEFAULT : json,
                xml == null ? XmlSettings.DEFAULT : xml,
                fixed,
                xlsx == null ? XlsxSettings.DEFAULT : xlsx,
                edi == null ? EdiSettings.DEFAULT : edi,
                Instant.EPOCH,
                recordPath(),
                root,
                element);
    }

    Charset writtenCharset() {
        return write == null || write.charset() == null ? charset : write.charset();
    }

    /** How it is written, at some instant. */
    FormatSettings writing(Instant at) {
        FormatSettings read = formats();
        return new FormatSettings(
                writtenCharset(),
                write == null || write.csv() == null ? read.csv() : write.csv(),
                read.json(),
                read.xml(),
                write == null || write.fixed() == null ? read.fixed() : write.fixed(),
                read.xlsx(),
                read.edi(),
                at,
                null,
                root,
                element);
    }

    long mostBytes() {
        return (chunkBytes == null ? USUAL_BYTES : chunkBytes).toBytes();
    }

    int mostRecords() {
        return Objects.requireNonNull(chunk);
    }
}
