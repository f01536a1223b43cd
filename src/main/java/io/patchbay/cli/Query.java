package io.patchbay.cli;

import org.jspecify.annotations.Nullable;

/** A path with what is asked for behind it. */
final class Query {

    private final StringBuilder text;
    private char before = '?';

    Query(String path) {
        text = new StringBuilder(path);
    }

    /** Asks for a value; one that nobody gave is not asked for. */
    Query with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(before).append(name).append('=').append(RuntimeClient.encoded(value.toString()));
            before = '&';
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
