package io.patchbay.route.folder;

import io.patchbay.expression.LookupTable;
import io.patchbay.format.PlainRows;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lookup tables: {@code routes/tables/NAME.csv}, RFC 4180, UTF-8, two columns or more, which the first line names. A
 * table with a problem keeps the content that it had when it was last right. Used by one thread at a time.
 */
public final class TableFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final int MOST_SHOWN = 40;

    private final Map<String, Read> read = new HashMap<>();

    /** What was made of one version of a file; the table is that of an older version where this one is wrong. */
    private record Read(String sha256, @Nullable LookupTable table, List<Problem> problems) {}

    /**
     * All tables.
     *
     * @param tables by name
     * @param problems what is wrong with files
     */
    public record Tables(Map<String, LookupTable> tables, List<Problem> problems) {
        public Tables {
            tables = Collections.unmodifiableMap(tables);
            problems = List.copyOf(problems);
        }
    }

    /** Reads the tables there are now; files that did not change are not read again. */
    public Tables read(List<SourceFile> files) {
        read.keySet().retainAll(files.stream().map(SourceFile::path).toList());
        Map<String, LookupTable> tables = new TreeMap<>();
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
            } else if (now.table() != null) {
                tables.put(name, now.table());
            }
        }
        return new Tables(tables, problems.list());
    }

    /** The name of the table that a file holds. */
    public static String name(SourceFile file) {
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
        LookupTable table = table(file, problems);
        LookupTable kept = before == null ? null : before.table();
        return new Read(file.sha256(), problems.anyError() ? kept : table, problems.list());
    }

    private static @Nullable LookupTable table(SourceFile file, Problems problems) {
        List<LookupTable.Row> all = new ArrayList<>();
        try (PlainRows rows = new PlainRows(file.text())) {
            try {
                PlainRows.Row first = rows.next();
                List<String> header = first == null || first.line() > 1 ? List.of() : first.values();
                List<String> columns = columns(header);
                if (columns.size() < 2) {
                    problems.error(
                            new Location(file.path(), 1, 1),
                            "NO_HEADER",
                            "the first line must name two columns or more, each one time; found " + shown(header),
                            "put a line like key,value before the rows");
                    return null;
                }
                Map<String, Integer> keys = new HashMap<>();
                for (PlainRows.Row row = rows.next(); row != null; row = rows.next()) {
                    row(row, new Location(file.path(), row.line(), 1), columns.size(), keys, problems)
                            .ifPresent(all::add);
                }
                return new LookupTable(columns, all);
            } catch (IOException e) {
                problems.error(
                        new Location(file.path(), rows.line(), 1),
                        "BAD_CSV",
                        "a quoted value does not end where it should",
                        "put the whole value in quotes, and double the quotes inside it");
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
    }

    private static String shown(List<String> first) {
        String line = String.join(",", first).replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing" : "'" + line.substring(0, Math.min(line.length(), MOST_SHOWN)) + "'";
    }

    /** Names of columns; empty when they are none. */
    private static List<String> columns(List<String> first) {
        List<String> columns = new ArrayList<>();
        first.forEach(name -> columns.add(name.strip()));
        boolean named = columns.stream().noneMatch(String::isEmpty) && new HashSet<>(columns).size() == columns.size();
        return named ? columns : List.of();
    }

    /** A row. A key of a table of two columns stands once; in a larger one, it is asked together with other columns. */
    private static Optional<LookupTable.Row> row(
            PlainRows.Row row, Location at, int columns, Map<String, Integer> keys, Problems problems) {
        if (row.size() == 1 && row.values().get(0).isBlank()) {
            return Optional.empty(); // an empty line
        }
        if (row.size() != columns) {
            problems.error(
                    at,
                    "WRONG_COLUMNS",
                    "a row must have as many values as there are columns, " + columns + ", found " + row.size(),
                    "put a value that contains a comma in double quotes");
            return Optional.empty();
        }
        String key = row.values().get(0);
        Integer first = columns > 2 ? null : keys.putIfAbsent(key, at.line());
        if (first != null) {
            problems.error(at, "DUPLICATE_KEY", "key '" + key + "' stands twice", "the first is at line " + first);
            return Optional.empty();
        }
        return Optional.of(new LookupTable.Row(at.line(), row.values()));
    }
}
