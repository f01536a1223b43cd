package io.patchbay.payload;

/** How loud a line of a run's log is. */
public enum LogLevel {
    /** Detail. */
    DEBUG,
    /** Normal course. */
    INFO,
    /** Something to look at. */
    WARN,
    /** Something failed. */
    ERROR
}
