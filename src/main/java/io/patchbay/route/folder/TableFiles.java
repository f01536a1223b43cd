package io.patchbay.route.folder;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads lookup tables: {@code routes/tables/NAME.csv}, RFC 4180, UTF-8, two columns under the header {@code key,value}. A
 * table with a problem keeps the content that it had when it was last right. Used by one thread at a time.
 */
public final class TableFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final int MOST_SHOWN = 40;

    private final Map<String, Read> read = new HashMap<>();

    /** What was made of one version of a file; the rows are those of an older version where this one is wrong. */
    private record Read(String sha256, @Nullable Map<String, String> rows, List<Problem> problems) {}

    /**
     * All tables.
     *
     * @param tables by name, values by key
     * @param problems what is wrong with files
     */
    public record Tables(Map<String, Map<String, String>> tables, List<Problem> problems) {
        public Tables {
            tables = Collections.unmodifiableMap(tables);
            problems = List.copyOf(problems);
        }
    }

    /** Reads the tables there are now; files that did not change are not read again. */
    public Tables read(List<SourceFile> files) {
        read.keySet().retainAll(files.stream().map(SourceFile::path).toList());
        Map<String, Map<String, String>> tables = new TreeMap<>();
        Map<String, String> paths = new HashMap<>();
        Problems problems = new Problems();
        for (SourceFile file : files) {
            Read before = read.get(file.path());
            Read now = before != null && before.sha256().equals(file.sha256()) ? before : read(file, before);
            read.put(file.path(), now);
            problems.addAll(now.problems());
            String name = name(file);
            String other = paths.putIfAbsent(name, file.path());
            if (other != null) {
                problems.error(
                        Location.of(file.path()),
                        "DUPLICATE_TABLE",
                        "table '" + name + "' is taken by " + other,
                        "give this file another name");
            } else if (now.rows() != null) {
                tables.put(name, now.rows());
            }
        }
        return new Tables(tables, problems.list());
    }

    private static String name(SourceFile file) {
        String path = file.path();
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".csv".length());
    }

    private static Read read(SourceFile file, @Nullable Read before) {
        Problems problems = new Problems();
        if (!NAME.matcher(name(file)).matches()) {
            problems.error(
                    Location.of(file.path()),
                    "BAD_NAME",
                    "table name '" + name(file) + "' must hold letters, digits, - and _ only",
                    "rename the file");
        }
        Map<String, String> rows = rows(file, problems);
        Map<String, String> kept = before == null ? null : before.rows();
        return new Read(file.sha256(), problems.anyError() ? kept : rows, problems.list());
    }

    private static Map<String, String> rows(SourceFile file, Problems problems) {
        Map<String, String> rows = new LinkedHashMap<>();
        Map<String, Long> lines = new HashMap<>();
        try (CSVParser parser = CSVParser.parse(file.text(), CSVFormat.RFC4180)) {
            long line = 1;
            try {
                Iterator<CSVRecord> records = parser.iterator();
                CSVRecord first = records.hasNext() ? records.next() : null;
                if (first == null || !header(first)) {
                    problems.error(
                            new Location(file.path(), 1, 1),
                            "NO_HEADER",
                            "the first line must be 'key,value', found " + shown(first),
                            "put a line key,value before the rows; a table has these two columns and no other");
                    return rows;
                }
                line = parser.getCurrentLineNumber() + 1;
                while (records.hasNext()) {
                    row(records.next(), new Location(file.path(), (int) line, 1), rows, lines, problems);
                    line = parser.getCurrentLineNumber() + 1;
                }
            } catch (UncheckedIOException e) {
                problems.error(
                        new Location(file.path(), (int) line, 1),
                        "BAD_CSV",
                        "a quoted value does not end where it should",
                        "put the whole value in quotes, and double the quotes inside it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
        return rows;
    }

    private static String shown(@Nullable CSVRecord first) {
        String line = first == null ? "" : String.join(",", first).replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing" : "'" + line.substring(0, Math.min(line.length(), MOST_SHOWN)) + "'";
    }

    private static boolean header(CSVRecord first) {
        return first.size() == 2
                && first.get(0).strip().equalsIgnoreCase("key")
                && first.get(1).strip().equalsIgnoreCase("value");
    }

    private static void row(
            CSVRecord row, Location at, Map<String, String> rows, Map<String, Long> lines, Problems problems) {
        if (row.size() == 1 && row.get(0).isBlank()) {
            return; // an empty line
        }
        if (row.size() != 2) {
            problems.error(
                    at,
                    "WRONG_COLUMNS",
                    "a row must have two columns, found " + row.size(),
                    "put a value that contains a comma in double quotes");
            return;
        }
        String key = row.get(0);
        Long first = lines.putIfAbsent(key, (long) at.line());
        if (first != null) {
            problems.error(at, "DUPLICATE_KEY", "key '" + key + "' stands twice", "the first is at line " + first);
            return;
        }
        rows.put(key, row.get(1));
    }
}
