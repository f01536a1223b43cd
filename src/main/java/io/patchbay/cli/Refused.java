package io.patchbay.cli;

/** A verb cannot do what it was asked to; the message is for the person. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Files have errors, a run did not succeed, or no runtime answers. */
    static final int FAILED = 1;

    /** The caller has to ask otherwise. */
    static final int WRONG_USE = 2;

    private final int exitCode;

    Refused(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
