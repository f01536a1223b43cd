package io.patchbay.script;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A script that cannot be used, or did not do what it should. Its message begins with file and line, where a line is known. */
public final class ScriptException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The text is not JavaScript. */
        SYNTAX,
        /** It has no function of the name that is called. */
        NOT_A_FUNCTION,
        /** It threw an error. */
        THROWN,
        /** It returned something that JSON cannot say, or nothing. */
        NOT_JSON,
        /** It returned a promise that nothing settles. */
        UNSETTLED,
        /** It took more time than it has. */
        TIMEOUT,
        /** It wanted more memory than it has. */
        MEMORY,
        /** It called itself too deep. */
        STACK,
        /** What it was given or returned is larger than it may be. */
        TOO_LARGE,
        /** The guest broke down in another way. */
        BROKEN,
        /** The call was given up from outside. */
        INTERRUPTED
    }

    private final Kind kind;
    private final String file;
    private final int line;
    private final @Nullable String type;
    private final String reason;

    /**
     * A failure.
     *
     * @param line in the file; 0 when it is not known
     * @param type name of the error that was thrown, like {@code TypeError}; null when none was
     * @param reason the rest of the sentence; text of the script may be in it
     */
    ScriptException(Kind kind, String file, int line, @Nullable String type, String reason) {
        super(file + (line > 0 ? ":" + line : "") + ": " + (type == null ? "" : type + ": ") + reason);
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.type = type;
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The script's file. */
    public String file() {
        return file;
    }

    /** The line in it; 0 when it is not known. */
    public int line() {
        return line;
    }

    /** Name of the error that was thrown; null when none was. */
    public @Nullable String type() {
        return type;
    }

    /** What went wrong, without the place; text of the script may be in it. */
    public String reason() {
        return reason;
    }
}
