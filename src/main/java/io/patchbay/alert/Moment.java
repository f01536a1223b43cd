package io.patchbay.alert;

import java.util.Locale;

/** What of an alert is told. */
enum Moment {
    /** It has come up. */
    OPENED,
    /** It is still there. */
    GOES_ON,
    /** It is over. */
    OVER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Moment of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
