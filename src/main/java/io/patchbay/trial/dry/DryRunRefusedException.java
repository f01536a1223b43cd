package io.patchbay.trial.dry;

/** A dry run cannot begin. */
public final class DryRunRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean later;

    /**
     * Why it cannot.
     *
     * @param later whether it could a little later
     */
    public DryRunRefusedException(String message, boolean later) {
        super(message);
        this.later = later;
    }

    /** Whether it could begin a little later. */
    public boolean later() {
        return later;
    }
}
