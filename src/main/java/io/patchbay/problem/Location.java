package io.patchbay.problem;

/**
 * A place in a file that a person can click on.
 *
 * @param file path as the person knows it, relative to the home folder
 * @param line first line is 1; 0 when only the file is known
 * @param column first column is 1; 0 when only the file is known
 */
public record Location(String file, int line, int column) implements Comparable<Location> {

    /** The file as a whole. */
    public static Location of(String file) {
        return new Location(file, 0, 0);
    }

    @Override
    public int compareTo(Location other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:col}, or the file alone. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
