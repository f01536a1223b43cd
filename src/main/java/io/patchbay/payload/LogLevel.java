package io.patchbay.payload;

/** How loud a line of a run's log is. */
public enum LogLevel {
    /** Detail. */
    DEBUG(System.Logger.Level.DEBUG),
    /** Normal course. */
    INFO(System.Logger.Level.INFO),
    /** Something to look at. */
    WARN(System.Logger.Level.WARNING),
    /** Something failed. */
    ERROR(System.Logger.Level.ERROR);

    private final System.Logger.Level system;

    LogLevel(System.Logger.Level system) {
        this.system = system;
    }

    /** The same in the program's log. */
    public System.Logger.Level system() {
        return system;
    }
}
