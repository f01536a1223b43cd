package io.patchbay.run.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What a column of text keeps of what data and systems said. PostgreSQL takes no NUL: a message that holds one would keep its run
 * from ever coming to an end.
 */
final class Kept {

    private Kept() {}

    /** The text, at most so long, with a replacement character for each NUL. */
    static @Nullable String text(@Nullable String text, int longest) {
        return text == null ? null : some(text, longest);
    }

    /** The same of a text that is there. */
    static String some(String text, int longest) {
        return (text.length() <= longest ? text : text.substring(0, longest)).replace('\0', '\uFFFD');
    }
}
