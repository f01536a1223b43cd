package io.patchbay.format;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How lines with columns of fixed width stand. */
@Doc("Lines with columns of fixed width, counted in characters")
public record FixedSettings(
        @Doc("The columns, from left to right") List<Column> columns,

        @Doc("What stands behind a record; read: a line may end with either, and 'none' cuts by the width alone")
        @Default("lf")
        Ends ends,

        @Doc("Read: so many lines at the beginning are passed over") @Default("0") @Range(min = 0, max = 1_000)
        int skip) {

    /** What stands behind a record. */
    public enum Ends {
        /** A line feed. */
        LF,
        /** A carriage return and a line feed. */
        CRLF,
        /** Nothing. */
        NONE
    }

    /** On which side a value stands. */
    public enum Align {
        /** Padded behind. */
        LEFT,
        /** Padded before. */
        RIGHT
    }

    /** One column. */
    @Doc("A column")
    public record Column(
            @Doc("The field") String name,

            @Doc("Where it begins, from 1; without it right behind the one before")
            @Range(min = 1, max = 100_000)
            @Nullable
            Integer start,

            @Doc("How many characters it has") @Range(min = 1, max = 100_000)
            int width,

            @Doc("On which side the value stands") @Default("left")
            Align align,

            @Doc("What fills the rest, one character") @Default("' '")
            String pad,

            @Doc("Read: whether what fills the rest is taken away") @Default("true")
            boolean trim) {

        /** @throws IllegalArgumentException if the padding is not one character */
        public Column {
            if (pad.length() != 1 || "\r\n".contains(pad)) {
                throw new IllegalArgumentException("pad must be one character");
            }
        }
    }

    /** @throws IllegalArgumentException if there is no column, or two overlap or have one name */
    public FixedSettings {
        columns = placed(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("'columns' must name at least one column");
        }
        if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("a name stands twice in 'columns'");
        }
    }

    private static List<Column> placed(List<Column> columns) {
        Column[] placed = new Column[columns.size()];
        int end = 0;
        for (int i = 0; i < placed.length; i++) {
            Column column = columns.get(i);
            int start = column.start() == null ? end + 1 : column.start();
            if (start <= end) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' begins at " + start + ", and the one before it ends at " + end);
            }
            placed[i] = new Column(column.name(), start, column.width(), column.align(), column.pad(), column.trim());
            end = start + column.width() - 1;
        }
        return IntStream.range(0, placed.length).mapToObj(i -> placed[i]).toList();
    }

    int width() {
        Column last = columns.get(columns.size() - 1);
        return java.util.Objects.requireNonNull(last.start()) + last.width() - 1;
    }
}
