package io.patchbay.canvas;

import io.patchbay.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * Where the characters of a scalar stand in its file, so that a message about the inside of a text points at the very
 * character. It follows quotes, escapes, folded lines and block indentation. It is not part of a node's value: any two
 * origins are equal.
 */
public final class Origin {

    private final Location start;
    private final @Nullable String source;
    private final int offset;

    private Origin(Location start, @Nullable String source, int offset) {
        this.start = start;
        this.source = source;
        this.offset = offset;
    }

    /** Knows only where the scalar begins. */
    static Origin unknown(Location start) {
        return new Origin(start, null, 0);
    }

    /** Knows the file's text and the place in it where the scalar (with its opening quote) begins. */
    static Origin of(Location start, String source, int offset) {
        return new Origin(start, source, offset);
    }

    /** The place of the character at {@code index} of the scalar's text; the scalar's beginning when it is not known. */
    Location at(String text, int index) {
        if (source == null || offset >= source.length()) {
            return start;
        }
        return new Walk(source, offset, start).to(text, Math.min(index, text.length()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "";
    }

    /** Goes through the file's text and the scalar's text side by side. */
    private static final class Walk {

        private final String source;
        private final Location start;
        private final char style;
        private int from;
        private int line;
        private int column;

        Walk(String source, int from, Location start) {
            this.source = source;
            this.from = from;
            this.start = start;
            this.line = start.line();
            this.column = start.column();
            this.style = source.charAt(from);
        }

        Location to(String text, int index) {
            if (style == '"' || style == '\'') {
                step(1);
            } else if (style == '|' || style == '>') {
                while (more() && source.charAt(from) != '\n') {
                    step(1);
                }
                skipBlanks();
            }
            int done = 0;
            while (done < index && more()) {
                done = advance(text, done);
            }
            return new Location(start.file(), line, column);
        }

        /** Passes one character of the text, or all blanks where the file breaks its line; answers the text's new index. */
        private int advance(String text, int done) {
            if (style == '"' && source.charAt(from) == '\\') {
                return done + escape();
            }
            if (source.charAt(from) == '\n' || source.charAt(from) == '\r') {
                skipBlanks();
                int next = done;
                while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                    next++;
                }
                return next;
            }
            boolean doubled = style == '\'' && source.startsWith("''", from);
            step(doubled ? 2 : 1);
            return done + 1;
        }

        /** Passes an escape of a double-quoted text; answers how many characters it stands for. */
        private int escape() {
            char kind = from + 1 < source.length() ? source.charAt(from + 1) : '\\';
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (kind == '\n' || kind == '\r') {
                step(1);
                skipBlanks();
                return 0;
            }
            int length = Math.min(2 + digits, source.length() - from);
            boolean pair = kind == 'U' && !source.startsWith("0000", from + 2);
            step(length);
            return pair ? 2 : 1;
        }

        private void skipBlanks() {
            while (more() && Character.isWhitespace(source.charAt(from))) {
                step(1);
            }
        }

        private boolean more() {
            return from < source.length();
        }

        private void step(int characters) {
            for (int i = 0; i < characters && more(); i++) {
                char passed = source.charAt(from++);
                if (passed == '\n') {
                    line++;
                    column = 1;
                } else if (!Character.isLowSurrogate(passed)) {
                    column++;
                }
            }
        }
    }
}
