package io.patchbay.connector;

import org.jspecify.annotations.Nullable;

/**
 * An instance that was made by the API: what would be a file is in the database. Its secrets may stand in it.
 *
 * @param name its name
 * @param revision another one after each change; tells nothing about the content
 * @param document JSON as in an instance file; null when it cannot be read
 * @param unreadable why not
 */
public record StoredInstance(
        String name,
        String revision,
        @Nullable String document,
        @Nullable String unreadable) {

    private static final String PREFIX = "stored:";

    /** What stands in problems where a file's path would. */
    public String place() {
        return PREFIX + name;
    }

    /** Whether that is a {@link #place}, not a file. */
    static boolean isPlace(String text) {
        return text.startsWith(PREFIX);
    }

    /** Without the document, which holds secrets. */
    @Override
    public String toString() {
        return place();
    }
}
