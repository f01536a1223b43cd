package io.patchbay.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A workbook (ECMA-376): which part is what its relationships say, whatever it is called. Shared texts, formats and the list of sheets are kept
 * in memory; what they may cost is counted while they are read, and what the file says of its own sizes is not believed. Own code,
 * because readers that are kept build whatever a file asks for: a row as long as a cell's address says, a number of any length.
 */
final class XlsxParts implements Closeable {

    /** What is kept of a workbook, above all its shared texts, may take so much memory. */
    static final long MOST_KEPT = Memory.KEPT;
    /** Unpacked bytes of a sheet. */
    static final long MOST_SHEET = 16L << 30;
    /** How many times larger a part may be than the whole file; below {@link #ANY_RATIO} bytes any. */
    static final long MOST_RATIO = 1_000;

    private static final long ANY_RATIO = 16L << 20;
    private static final int MOST_PARTS = 10_000;
    private static final long MOST_DIRECTORY = 8L << 20;
    private static final int MOST_FORMATS = 100_000;
    private static final int LONGEST_NAME = 2_000;
    /** What a text takes in memory beside its characters. */
    private static final int TEXT_OVERHEAD = 56;

    /** A sheet, and the part that it is. */
    record Sheet(String name, String part, boolean cells) {}

    private record Relation(String type, String target) {}

    private final ZipFile zip;
    private final long size;
    private final Map<String, ZipEntry> entries = new HashMap<>();
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> styles = new ArrayList<>();
    private final Map<Integer, String> formats = new HashMap<>();
    private boolean from1904;
    private long kept;

    XlsxParts(Path file) throws IOException {
        this.size = Files.size(file);
        checkDirectory(file);
        this.zip = open(file);
        try {
            begin();
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw notPacked();
        }
    }

    private static FormatException notPacked() {
        return FormatException.ends("the file is not packed as a workbook is, or is damaged", null);
    }

    /** The list of all parts is read into memory as a whole: how long it is stands at the end of the file (APPNOTE 4.3.16). */
    private static void checkDirectory(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(bytes.length(), 22 + 65_535);
            byte[] end = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(end);
            for (int i = length - 22; i >= 0; i--) {
                if (end[i] == 'P' && end[i + 1] == 'K' && end[i + 2] == 5 && end[i + 3] == 6) {
                    long directory = (end[i + 12] & 0xFFL)
                            | (end[i + 13] & 0xFFL) << 8
                            | (end[i + 14] & 0xFFL) << 16
                            | (end[i + 15] & 0xFFL) << 24;
                    if (directory > MOST_DIRECTORY) {
                        throw FormatException.ends("the workbook has more than " + MOST_PARTS + " parts", null);
                    }
                }
            }
        }
    }

    private void begin() throws IOException {
        if (zip.size() > MOST_PARTS) {
            throw FormatException.ends("the workbook has more than " + MOST_PARTS + " parts", null);
        }
        zip.stream().forEach(entry -> entries.putIfAbsent(entry.getName().toLowerCase(Locale.ROOT), entry));
        String workbook = relations("").values().stream()
                .filter(relation -> relation.type().endsWith("/officeDocument"))
                .map(Relation::target)
                .findFirst()
                .orElse("xl/workbook.xml");
        if (entry(workbook) == null) {
            throw FormatException.ends("the file is packed as a workbook is, but none is in it", null);
        }
        Map<String, Relation> relations = relations(workbook);
        sheets(workbook, relations);
        for (Relation relation : relations.values()) {
            if (relation.type().endsWith("/sharedStrings")) {
                texts(relation.target());
            } else if (relation.type().endsWith("/styles")) {
                styles(relation.target());
            }
        }
    }

    private @Nullable ZipEntry entry(String part) {
        return entries.get(part.toLowerCase(Locale.ROOT));
    }

    private XlsxXml part(String name, long most) throws IOException {
        ZipEntry entry = entry(name);
        if (entry == null) {
            throw FormatException.ends("the workbook is damaged: a part of it is not there", null);
        }
        try {
            InputStream in = zip.getInputStream(entry);
            return new XlsxXml(in, Math.min(most, Math.max(ANY_RATIO, size * MOST_RATIO)));
        } catch (ZipException e) {
            throw notPacked();
        }
    }

    /** What is done with each beginning and end of an element of a part. */
    private interface Step {
        void take(XlsxXml xml) throws IOException;
    }

    private void each(String name, long most, Step step) throws IOException {
        try (XlsxXml xml = part(name, most)) {
            while (xml.next()) {
                step.take(xml);
            }
        } catch (FormatException e) {
            throw e.in("part '" + NotRead.shown(name) + "'");
        }
    }

    private Map<String, Relation> relations(String of) throws IOException {
        int slash = of.lastIndexOf('/') + 1;
        String name = of.substring(0, slash) + "_rels/" + of.substring(slash) + ".rels";
        Map<String, Relation> relations = new HashMap<>();
        if (entry(name) == null) {
            return relations;
        }
        each(name, MOST_KEPT, xml -> {
            String id = xml.begins("Relationship") ? xml.attribute("Id") : null;
            String type = id == null ? null : xml.attribute("Type");
            String target = id == null ? null : xml.attribute("Target");
            if (id != null && type != null && target != null && !"External".equals(xml.attribute("TargetMode"))) {
                bounded(relations.size(), MOST_PARTS, id, type, target);
                keep(id, type, target);
                relations.put(id, new Relation(type, resolved(of.substring(0, slash), target)));
            }
        });
        return relations;
    }

    private static void bounded(int count, int most, String... names) throws FormatException {
        for (String name : names) {
            if (count >= most || name.length() > LONGEST_NAME) {
                throw FormatException.ends(
                        "the workbook has more parts, sheets or formats than any, or longer names", null);
            }
        }
    }

    private void keep(String... all) throws FormatException {
        for (String text : all) {
            kept += TEXT_OVERHEAD + 2L * text.length();
        }
        if (kept > MOST_KEPT) {
            throw FormatException.ends(
                    "the shared texts of the workbook take more than " + MOST_KEPT
                            + " bytes of memory; saved as CSV it is read row by row",
                    null);
        }
    }

    private static String resolved(String folder, String target) {
        Deque<String> way = new ArrayDeque<>();
        for (String step : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
            if (step.equals("..")) {
                way.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                way.addLast(step);
            }
        }
        return String.join("/", way);
    }

    private void sheets(String workbook, Map<String, Relation> relations) throws IOException {
        each(workbook, MOST_KEPT, xml -> {
            if (xml.begins("workbookPr")) {
                String said = xml.attribute("date1904");
                from1904 = "1".equals(said) || "true".equals(said);
            } else if (xml.begins("sheet")) {
                String name = xml.attribute("name");
                Relation relation = relations.get(xml.attributeOfOther("id"));
                if (name != null && relation != null) {
                    bounded(sheets.size(), MOST_PARTS, name);
                    keep(name);
                    sheets.add(
                            new Sheet(name, relation.target(), relation.type().endsWith("/worksheet")));
                }
            }
        });
    }

    private void texts(String part) throws IOException {
        each(part, 16 * MOST_KEPT, xml -> {
            if (xml.begins("si")) {
                String text = xml.runs();
                keep(text);
                texts.add(text);
            }
        });
    }

    private void styles(String part) throws IOException {
        boolean[] cells = {false};
        each(part, MOST_KEPT, xml -> {
            if (xml.begins("cellXfs") || xml.ends("cellXfs")) {
                cells[0] = xml.begins("cellXfs");
            } else if (cells[0] && xml.begins("xf")) {
                bounded(styles.size(), MOST_FORMATS, "");
                styles.add(number(xml.attribute("numFmtId")));
            } else if (xml.begins("numFmt")) {
                String code = xml.attribute("formatCode");
                bounded(formats.size(), MOST_PARTS, code == null ? "" : code);
                keep(code == null ? "" : code);
                formats.put(number(xml.attribute("numFmtId")), code == null ? "" : code);
            }
        });
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    /** The cells of a sheet. */
    XlsxXml open(Sheet sheet) throws IOException {
        return part(sheet.part(), MOST_SHEET);
    }

    /** A shared text. */
    String text(String number) throws FormatException {
        int at = number.strip().matches("[0-9]{1,9}") ? Integer.parseInt(number.strip()) : -1;
        if (at < 0 || at >= texts.size()) {
            throw FormatException.ends("the workbook is damaged: a cell names a shared text that is not there", null);
        }
        return texts.get(at);
    }

    /** The number of a cell's format. */
    int format(int style) {
        return style >= 0 && style < styles.size() ? styles.get(style) : 0;
    }

    /** The format with this number; null for those that every workbook has. */
    @Nullable
    String code(int format) {
        return formats.get(format);
    }

    boolean from1904() {
        return from1904;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
