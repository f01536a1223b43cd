package io.patchbay.format;

import java.util.List;

/** All formats. A new one is a line here and its name. */
public final class Formats {

    private static final List<Format> ALL = List.of(
            new JsonFormat(),
            new XmlFormat(),
            new CsvFormat(FormatName.CSV),
            new CsvFormat(FormatName.TSV),
            new NdjsonFormat(),
            new TextFormat(),
            new LinesFormat(),
            new YamlFormat(),
            new FormFormat(),
            new FixedFormat(),
            new XlsxFormat(),
            new EdiFormat(FormatName.EDIFACT),
            new EdiFormat(FormatName.X12));

    private Formats() {}

    /** All of them. */
    public static List<Format> all() {
        return ALL;
    }

    /** The one of a name. */
    public static Format of(FormatName name) {
        return ALL.stream()
                .filter(format -> format.name() == name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name.word() + "' is no format to write or read"));
    }
}
