package io.patchbay.store;

import org.jspecify.annotations.Nullable;

/** The two databases, and the few words in which they differ. */
public enum Dialect {
    /** A file that one process has open. */
    H2("h2"),
    /** A server that several replicas may share. */
    POSTGRESQL("postgresql");

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /** Which database a URL names; null when it is neither. */
    static @Nullable Dialect of(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return H2;
        }
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : null;
    }

    /** Name of the folder under {@code db/} with the scripts of this database. */
    String folder() {
        return folder;
    }

    /** Whether other processes write to the same database. */
    public boolean shared() {
        return this == POSTGRESQL;
    }
}
