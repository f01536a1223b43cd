package io.patchbay.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through a workbook before it is read. A reader keeps the shared texts of all sheets, the styles, and one row in memory: what these may
 * cost is bounded here, by what is really unpacked and not by what the file says of itself.
 */
final class XlsxGuard {

    /** Unpacked bytes of what the reader keeps: shared texts, styles, the list of sheets. */
    static final long MOST_KEPT = 64L << 20;
    /** Unpacked bytes of a sheet. */
    static final long MOST_SHEET = 16L << 30;
    /** How many times larger a part may be than it is packed; below {@link #ANY_RATIO} bytes any. */
    static final long MOST_RATIO = 1_000;

    private static final long ANY_RATIO = 16L << 20;
    private static final int MOST_PARTS = 2_000;
    /** Excel takes 32,767 characters in a cell. */
    private static final int LONGEST_TEXT = 1 << 20;
    /** Excel's last column is XFD. */
    private static final int LONGEST_COLUMN = 3;

    private XlsxGuard() {}

    static void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_PARTS) {
                throw FormatException.ends("the workbook has more than " + MOST_PARTS + " parts", null);
            }
            if (zip.getEntry("[Content_Types].xml") == null) {
                throw FormatException.ends("the file is packed as a workbook is, but none is in it", null);
            }
            for (ZipEntry part : Collections.list(zip.entries())) {
                boolean xml = part.getName().endsWith(".xml") || part.getName().endsWith(".rels");
                if (!part.isDirectory() && xml) {
                    try (InputStream in = zip.getInputStream(part)) {
                        check(part, in);
                    }
                }
            }
        } catch (ZipException e) {
            throw FormatException.ends("the file is not packed as a workbook is, or is damaged", null);
        }
    }

    private static void check(ZipEntry part, InputStream in) throws IOException {
        boolean sheet = part.getName().contains("/worksheets/");
        long most = sheet ? MOST_SHEET : MOST_KEPT;
        Look look = new Look();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            boolean bomb = size > ANY_RATIO && size / Math.max(1, part.getCompressedSize()) > MOST_RATIO;
            if (size > most || bomb) {
                throw FormatException.ends(
                        "a part of the workbook unpacks to more than "
                                + (bomb ? MOST_RATIO + " times its size" : most + " bytes"),
                        null);
            }
            look.at(buffer, n);
        }
    }

    /** Looks for texts and addresses of cells that no workbook has. */
    private static final class Look {
        private int text;
        private int letters = -1;

        void at(byte[] bytes, int length) throws FormatException {
            for (int i = 0; i < length; i++) {
                byte b = bytes[i];
                text = b == '<' ? 0 : text + 1;
                if (text > LONGEST_TEXT) {
                    throw FormatException.ends("the workbook has a text of more than " + LONGEST_TEXT + " bytes", null);
                }
                address(b);
            }
        }

        /** After {@code r="} stand the letters of a column: each letter is 26 times more columns. */
        private void address(byte b) throws FormatException {
            if (b == '"' || b == '\'') {
                letters = 0;
            } else if (letters >= 0 && b >= 'A' && b <= 'Z') {
                letters++;
            } else if (letters > LONGEST_COLUMN && b >= '0' && b <= '9') {
                throw FormatException.ends("the workbook has a cell in a column behind the last one (XFD)", null);
            } else {
                letters = -1;
            }
        }
    }
}
