package io.patchbay.script;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A script that cannot be used, or did not do what it should. Its message begins with file and line, where a line is known. */
public final class ScriptException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The text is not of its language. */
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
        INTERRUPTED,
        /** Others took all places for as long as its caller waits. */
        BUSY
    }

    private final Kind kind;
    private final String file;
    private final int line;
    private final @Nullable String type;
    private final String reason;
    private List<String> log = List.of();

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

    /** What the script logged before, a line each, of which some may be left out. */
    public List<String> log() {
        return log;
    }

    ScriptException having(List<String> lines) {
        log = List.copyOf(lines);
        return this;
    }

    /** How to mend it, where that can be told; null where the message says all. */
    public @Nullable String hint(String function) {
        return switch (kind) {
            case NOT_A_FUNCTION ->
                "write it as: " + (python() ? "def " + function + "(data):" : "function " + function + "(…) { … }");
            case SYNTAX ->
                python()
                        ? "look at this line and the one before: brackets, colons, how far they stand in"
                        : reason.startsWith("the script ends")
                                ? "look for a '{', a '(' or a quote without its other half"
                                : reason.contains("export") || reason.contains("import")
                                        ? "a script is no module: leave out import and export"
                                        : null;
            case THROWN -> "what stands outside of functions runs when the file is read";
            default -> null;
        };
    }

    private boolean python() {
        return file.endsWith(".py");
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
