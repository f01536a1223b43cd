package io.patchbay.script.language;

import org.jspecify.annotations.Nullable;

/** An expression cannot be used, or gave no value. */
public final class LanguageException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private static final String NO_FILE = "beside it to import";

    private final Kind kind;
    private final @Nullable String file;
    private final int line;
    private final int column;

    /** What went wrong. */
    public enum Kind {
        /** The text is not one of its language. */
        SYNTAX,
        /** It says that it failed, or does not fit the data. */
        FAILED,
        /** It did not end in time and was stopped. */
        TIMEOUT,
        /** It took more memory than it may, and was stopped. */
        MEMORY,
        /** It called itself too deep. */
        DEPTH,
        /** What it is given, or what it gave, is larger or nested deeper than allowed. */
        TOO_LARGE,
        /** Its caller gave it up. */
        INTERRUPTED,
        /** Others took all places for as long as its caller waits. */
        BUSY,
        /** What runs it broke. */
        BROKEN
    }

    /** Something went wrong at no known place. */
    public LanguageException(Kind kind, String message) {
        this(kind, message, null, 0, 0);
    }

    /**
     * Something went wrong.
     *
     * @param file name of the file, where it is not the one that was asked to be read
     * @param line from 1, or 0 when nobody knows
     * @param column from 1, or 0 when nobody knows
     */
    public LanguageException(Kind kind, String message, @Nullable String file, int line, int column) {
        super(oneLine(message), null, false, false);
        this.kind = kind;
        this.file = file;
        this.line = Math.max(0, line);
        this.column = Math.max(0, column);
    }

    private static String oneLine(String message) {
        String flat = message.strip().replaceAll("\\s+", " ");
        return flat.length() <= LONGEST ? flat : flat.substring(0, LONGEST) + "…";
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** A file that it names is not there to be imported. */
    public static String missing(String file) {
        return "there is no file '" + file + "' " + NO_FILE + "; folders and other places cannot be named";
    }

    /** Whether a file that it names is not there to be imported. */
    public boolean isMissing() {
        return getMessage().contains(NO_FILE);
    }

    /** Name of the file with the mistake, or null for the one that was asked to be read. */
    public @Nullable String file() {
        return file;
    }

    /** From 1, or 0. */
    public int line() {
        return line;
    }

    /** From 1, or 0. */
    public int column() {
        return column;
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
