package io.patchbay.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A sheet of a workbook (Office Open XML), row by row. */
final class XlsxFormat implements Format {

    /** Bytes of a workbook as it is packed. */
    private static final long LARGEST = 2L << 30;

    @Override
    public FormatName name() {
        return FormatName.XLSX;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }

    @Override
    public List<String> endings() {
        return List.of("xlsx", "xlsm");
    }

    @Override
    public boolean rows() {
        return true;
    }

    @Override
    public boolean text() {
        return false;
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        Content.Copy copy = content.copy(LARGEST);
        try {
            return new XlsxReading(copy, settings.xlsx());
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        return new XlsxWriting(out, settings.xlsx());
    }
}
