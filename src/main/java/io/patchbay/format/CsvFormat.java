package io.patchbay.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Comma separated values (RFC 4180), or values with tabs between: a record per row, every value a text. */
final class CsvFormat implements Format {

    private final FormatName name;

    CsvFormat(FormatName name) {
        this.name = name;
    }

    @Override
    public FormatName name() {
        return name;
    }

    private boolean tabs() {
        return name == FormatName.TSV;
    }

    @Override
    public List<String> mediaTypes() {
        return tabs() ? List.of("text/tab-separated-values") : List.of("text/csv", "application/csv");
    }

    @Override
    public List<String> endings() {
        return tabs() ? List.of("tsv", "tab") : List.of("csv");
    }

    @Override
    public boolean rows() {
        return true;
    }

    private char delimiter(FormatSettings settings) {
        String said = settings.csv().delimiter();
        return said == null ? tabs() ? '\t' : ',' : said.charAt(0);
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        return new CsvReading(content, Encoded.of(content, settings), settings.csv(), delimiter(settings));
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        return new CsvWriting(new Output(out, settings.charset()), settings.csv(), delimiter(settings));
    }
}
