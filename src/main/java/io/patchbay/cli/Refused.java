package io.patchbay.cli;

/** A verb cannot do what it was asked to; the message is for the person. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Files have errors, a run did not succeed, or no runtime answers. */
    static final int FAILED = 1;

    /** The caller has to ask otherwise. */
    static final int WRONG_USE = 2;

    private final int exitCode;
    private final boolean away;

    Refused(int exitCode, String message) {
        this(exitCode, message, false);
    }

    private Refused(int exitCode, String message, boolean away) {
        super(message, null, false, false);
        this.exitCode = exitCode;
        this.away = away;
    }

    /** No runtime answers, which may be another matter in a moment. */
    static Refused away(String message) {
        return new Refused(FAILED, message, true);
    }

    /** Whether no runtime answers. */
    boolean away() {
        return away;
    }

    int exitCode() {
        return exitCode;
    }
}
