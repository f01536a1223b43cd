package io.patchbay.format;

import io.patchbay.payload.Json;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which format content has, by what is said of it and by how it begins. */
public final class Detected {

    /** As much of the beginning as is looked at, in bytes. */
    public static final int LOOKED_AT = 4096;

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_.*%+\\[\\]-]+=[^\\s&<>\"]*(&[^\\s&=<>\"]+=[^\\s&<>\"]*)*");

    private Detected() {}

    /** The format that a media type says; null for one that says none. */
    public static @Nullable FormatName byType(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("text/plain")) {
            return FormatName.TEXT;
        }
        if (Json.isType(type)) {
            return FormatName.JSON;
        }
        if (type.endsWith("/xml") || type.endsWith("+xml")) {
            return FormatName.XML;
        }
        return type.endsWith("+yaml")
                ? FormatName.YAML
                : Formats.all().stream()
                        .filter(format -> format.mediaTypes().contains(type))
                        .map(Format::name)
                        .findFirst()
                        .orElse(null);
    }

    /** The format that the end of a file's name says; null for one that says none. */
    public static @Nullable FormatName byName(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Formats.all().stream()
                .filter(format -> format.endings().contains(ending) && file.indexOf('.') >= 0)
                .map(Format::name)
                .findFirst()
                .orElse(null);
    }

    /** The format that content begins as; null when it begins as none. */
    public static @Nullable FormatName byStart(byte[] start) {
        String text = text(start);
        String begin = text.stripLeading();
        if (text.startsWith("PK\u0003\u0004")) {
            return text.contains("[Content_Types].xml") || text.contains("xl/") ? FormatName.XLSX : null;
        }
        if (begin.matches("(?s)(UNA.{6}|UNB[^A-Za-z0-9]).*")) {
            return FormatName.EDIFACT;
        }
        if (begin.matches("(?s)ISA[^A-Za-z0-9].*")) {
            return FormatName.X12;
        }
        if (begin.startsWith("<")) {
            return FormatName.XML;
        }
        if (begin.startsWith("{")) {
            return lines(begin) ? FormatName.NDJSON : FormatName.JSON;
        }
        if (begin.startsWith("[")) {
            return FormatName.JSON;
        }
        if (begin.startsWith("---") || begin.startsWith("%YAML")) {
            return FormatName.YAML;
        }
        if (FORM.matcher(text.strip()).matches()) {
            return FormatName.FORM;
        }
        return rows(text, ',') ? FormatName.CSV : rows(text, '\t') ? FormatName.TSV : null;
    }

    /** Whether content begins as rows with this between values: three lines at the most have the same number of them. */
    public static boolean rows(String text, char delimiter) {
        List<String> lines = Arrays.stream(text.split("\r?\n", 4))
                .filter(line -> !line.isBlank())
                .limit(3)
                .toList();
        long values = lines.isEmpty() ? 0 : count(lines.get(0), delimiter);
        return lines.size() > 1
                && values > 0
                && lines.subList(0, 2).stream()
                        .allMatch(line -> count(line, delimiter) == values || line.contains("\""));
    }

    private static long count(String line, char delimiter) {
        return line.chars().filter(c -> c == delimiter).count();
    }

    /** A first line that is an object, and a second one that begins as one. */
    private static boolean lines(String text) {
        String[] lines = text.split("\r?\n", 3);
        if (lines.length < 2 || !lines[0].strip().endsWith("}") || !lines[1].startsWith("{")) {
            return false;
        }
        try {
            return Json.LAST.readTree(lines[0]).isObject();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return false;
        }
    }

    /** The beginning of content as text, whatever it is in; only what ASCII has is looked at. */
    public static String text(byte[] start) {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        if (latin.startsWith("\u00EF\u00BB\u00BF")) {
            return latin.substring(3);
        }
        if (latin.startsWith("\u0000\u0000\u00FE\u00FF") || latin.startsWith("\u00FF\u00FE\u0000\u0000")) {
            Charset charset = Charset.forName(start[0] == 0 ? "UTF-32BE" : "UTF-32LE");
            return new String(start, 4, start.length - 4, charset);
        }
        if (latin.startsWith("\u00FE\u00FF")) {
            return new String(start, 2, start.length - 2, StandardCharsets.UTF_16BE);
        }
        return latin.startsWith("\u00FF\u00FE")
                ? new String(start, 2, start.length - 2, StandardCharsets.UTF_16LE)
                : latin;
    }

    /** What to say when nothing says a format. */
    public static String hint(byte[] start) {
        return rows(text(start), ';')
                ? "it looks like rows with ';' between values: from: csv, csv: { delimiter: ';' }"
                : "'from' can say it";
    }
}
