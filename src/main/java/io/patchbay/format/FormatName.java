package io.patchbay.format;

import java.util.Locale;

/** What a format is called in a flow file. */
public enum FormatName {
    /** One JSON document. */
    JSON,
    /** XML 1.0. */
    XML,
    /** Comma separated values. */
    CSV,
    /** The same with tabs. */
    TSV,
    /** A JSON value per line. */
    NDJSON,
    /** Plain text, as one value. */
    TEXT,
    /** Plain text, a value per line. */
    LINES,
    /** YAML 1.2. */
    YAML,
    /** What a form of a page sends. */
    FORM,
    /** Columns of fixed width. */
    FIXED,
    /** A sheet of a workbook. */
    XLSX,
    /** Messages of EDIFACT. */
    EDIFACT,
    /** Messages of X12. */
    X12,
    /** Whatever the content says of itself. */
    AUTO;

    /** As it stands in a sentence. */
    public String title() {
        return switch (this) {
            case JSON, XML, CSV, TSV, NDJSON, YAML -> name();
            case TEXT -> "text";
            case LINES -> "text in lines";
            case FORM -> "form";
            case FIXED -> "list of lines with columns of fixed width";
            case XLSX -> "workbook";
            case EDIFACT, X12 -> "interchange of " + name();
            case AUTO -> "format";
        };
    }

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
