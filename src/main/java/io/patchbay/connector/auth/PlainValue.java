package io.patchbay.connector.auth;

import io.patchbay.connector.HeaderNames;
import java.util.regex.Pattern;

/**
 * Tells which of the values that code of an author returns are no secret beyond doubt, so that ordinary words stay readable in
 * logs and records: media types, up to four words of letters, short numbers, dates and versions. All else counts as secret.
 */
final class PlainValue {

    private static final String MEDIA_TYPE =
            "(?:application|audio|image|multipart|text|video|\\*)/[a-z0-9.+*-]{1,60}(?:; ?[a-z]{1,10}=[A-Za-z0-9.-]{1,10}){0,3}";
    private static final Pattern MEDIA_TYPES = Pattern.compile(MEDIA_TYPE + "(?:, ?" + MEDIA_TYPE + "){0,5}");
    private static final String WORD = "(?:[A-Z]?[a-z]{1,15}|[A-Z]{1,8})";
    private static final Pattern WORDS = Pattern.compile(WORD + "(?:[ ._/-]" + WORD + "){0,3}");
    /** Milliseconds since 1970 have 13 digits. */
    private static final Pattern NUMBER = Pattern.compile("v?[0-9][0-9.:/-]{0,12}");

    private PlainValue() {}

    /** Whether a value of a header may be shown; in those for credentials none may. */
    static boolean inHeader(String name, String value) {
        return HeaderNames.given(name) && inQuery(value);
    }

    /** Whether a value of a query parameter may be shown. */
    static boolean inQuery(String value) {
        return MEDIA_TYPES.matcher(value).matches()
                || WORDS.matcher(value).matches()
                || NUMBER.matcher(value).matches();
    }
}
