package io.patchbay.connector.definition;

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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In which format a file, an answer or a request's body is, in the words of a conversion. */
@Doc(
        "In which format a file or an answer is read as records, so many in a payload, or a file or a body is written of them")
public record ContentConfig(
        @Doc(
                "The format; auto, where it is read: what the end of the file's name, the media type of the answer or the beginning says")
        FormatName format,

        @Doc("Most records of one payload (read)") @Default("1000") @Range(min = 1, max = 100_000)
        int chunk,

        @Doc("Character set: read, where neither a byte-order mark nor the media type of an answer names one; written")
        @Default("UTF-8")
        Charset charset,

        @Doc("Read: where the records stand in a document, like $.orders.order[*]") @Nullable
        String records,

        @Doc("Written, format: xml: name of the root element around the records") @Nullable
        String root,

        @Doc("Written, format: xml: name of the element that each record is, inside the root") @Nullable
        String element,

        @Doc(
                "Written: it is packed as a gzip file. A file that is read is unpacked if it begins as one, an answer as response.decompress says")
        @Default("false")
        boolean gzip,

        @Doc(
                "Read: it is a zip file, whose members are read one after the other; a payload has records of one member, and its name as metadata member.name. In a list that is paged, and in the answer of a write, a page has those of all members")
        @Nullable
        Unpack unpack,

        @Doc("unpack: zip: pattern of the members that are read, like *.csv or out/orders-*.csv; all without it")
        @Nullable
        String members,

        @Doc("How rows stand, of csv and tsv") @Nullable CsvSettings csv,

        @Doc("How JSON is read, of json and ndjson") @Nullable
        JsonSettings json,

        @Doc("How XML becomes a value") @Nullable XmlSettings xml,

        @Doc("The columns of fixed width") @Nullable FixedSettings fixed,

        @Doc("Which sheet of a workbook, and how it stands") @Nullable
        XlsxSettings xlsx,

        @Doc("Written, format: edifact or x12: the envelope") @Nullable
        EdiSettings edi) {

    /** Ways in which what is read may be packed, besides gzip, which is seen by itself. */
    public enum Unpack {
        /** A file of members. */
        ZIP
    }

    /** @throws IllegalArgumentException if words do not go together */
    public ContentConfig {
        of(csv != null, "csv", format == FormatName.CSV || format == FormatName.TSV, format, "csv or tsv");
        of(json != null, "json", format == FormatName.JSON || format == FormatName.NDJSON, format, "json or ndjson");
        of(xml != null, "xml", format == FormatName.XML, format, "xml");
        of(xlsx != null, "xlsx", format == FormatName.XLSX, format, "xlsx");
        of(fixed != null, "fixed", format == FormatName.FIXED, format, "fixed");
        boolean message = format == FormatName.EDIFACT || format == FormatName.X12;
        of(edi != null, "edi", message, format, "edifact or x12");
        boolean named = root != null || element != null;
        if (named && format != FormatName.XML) {
            throw new IllegalArgumentException("'root' and 'element' belong to 'format: xml'");
        }
        XmlSettings.checkElement("root", root);
        XmlSettings.checkElement("element", element);
        if (element != null && root == null) {
            throw new IllegalArgumentException("'element' needs 'root': XML has one element around all others");
        }
        if (format == FormatName.FIXED && fixed == null) {
            throw new IllegalArgumentException("'format: fixed' needs 'fixed', which names the columns");
        }
        ChosenMembers.check(members, unpack != null);
        if (records != null) {
            if (format != FormatName.JSON && format != FormatName.XML && format != FormatName.AUTO) {
                throw new IllegalArgumentException("'records' belongs to documents, 'format: json' or 'format: xml'");
            }
            RecordPath.parse(records);
        }
    }

    private static void of(boolean said, String key, boolean fits, FormatName format, String formats) {
        if (said && !fits && format != FormatName.AUTO) {
            throw new IllegalArgumentException("'" + key + "' belongs to 'format: " + formats + "'");
        }
    }

    /**
     * Rows or lines, with what is said of them elsewhere.
     *
     * @param charset null for UTF-8
     */
    public static ContentConfig rows(
            FormatName format,
            int chunk,
            @Nullable Charset charset,
            @Nullable CsvSettings csv,
            @Nullable JsonSettings json) {
        return new ContentConfig(
                format,
                chunk,
                Objects.requireNonNullElse(charset, StandardCharsets.UTF_8),
                null,
                null,
                null,
                false,
                null,
                null,
                csv,
                json,
                null,
                null,
                null,
                null);
    }

    /** The same for the answer to what is done: where nothing is said of keys that stand twice, the last value is taken. */
    ContentConfig done() {
        boolean reads = format == FormatName.JSON || format == FormatName.NDJSON || format == FormatName.AUTO;
        return new ContentConfig(
                format,
                chunk,
                charset,
                records,
                root,
                element,
                gzip,
                unpack,
                members,
                csv,
                json == null && reads ? JsonSettings.LAST : json,
                xml,
                fixed,
                xlsx,
                edi);
    }

    /** @throws IllegalArgumentException if no file of this format is read as records */
    void checkRead() {
        checkList("a file");
        checkRecords("files");
    }

    private void checkList(String what) {
        if (format == FormatName.TEXT || format == FormatName.FORM) {
            throw new IllegalArgumentException(what + " of " + format.title()
                    + " is no list of records: read it without 'content', and 'convert' what it holds");
        }
    }

    /** @throws IllegalArgumentException if no answer of this format is read as records; a text or a form is one record */
    void checkAnswer() {
        if (unpack != null) {
            checkList("a member");
        }
        checkRecords("requests and files");
    }

    private void checkRecords(String written) {
        if (csv != null) {
            csv.checkRead();
        }
        if (format == FormatName.XML
                && (records == null || !RecordPath.parse(records).each())) {
            throw new IllegalArgumentException(
                    "'format: xml' needs 'records': where its elements stand, like $.orders.order[*]");
        }
        if (root != null || edi != null || gzip) {
            throw new IllegalArgumentException(
                    "'root', 'element', 'edi' and 'gzip' belong to " + written + " that are written");
        }
    }

    /** @throws IllegalArgumentException if nothing is written so */
    void checkWrite() {
        if (format == FormatName.AUTO) {
            throw new IllegalArgumentException("'format: auto' is for what is read; name the format");
        }
        if (records != null || unpack != null || json != null) {
            String key = records != null ? "records" : unpack != null ? "unpack" : "json";
            throw new IllegalArgumentException("'" + key + "' belongs to what is read");
        }
        if (csv != null) {
            csv.checkWritten(charset);
        }
    }

    /** All that is said of the format. */
    public FormatSettings settings(Instant at) {
        return new FormatSettings(
                charset,
                Objects.requireNonNullElse(csv, CsvSettings.DEFAULT),
                Objects.requireNonNullElse(json, JsonSettings.DEFAULT),
                Objects.requireNonNullElse(xml, XmlSettings.DEFAULT),
                fixed,
                Objects.requireNonNullElse(xlsx, XlsxSettings.DEFAULT),
                Objects.requireNonNullElse(edi, EdiSettings.DEFAULT),
                at,
                records == null ? null : RecordPath.parse(records),
                root,
                element);
    }
}
