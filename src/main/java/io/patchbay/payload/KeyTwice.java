package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

/** A key stands twice in one object of JSON: one of its values would be lost (RFC 8259, 4, leaves open which). */
public final class KeyTwice extends JsonParseException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 100;

    private final boolean mendable;

    /** @param at the parser that found it */
    KeyTwice(JsonParser at, String key) {
        this(at, sentence(key), true);
    }

    private KeyTwice(JsonParser at, String sentence, boolean mendable) {
        super(at, sentence);
        this.mendable = mendable;
    }

    /** Of a key that leads to records which are read one by one: no setting takes the last. */
    static KeyTwice ofRecords(JsonParser at, String key) {
        return new KeyTwice(at, sentence(key) + ", and records stand in it", false);
    }

    /** Whether a setting can take the last value. */
    boolean mendable() {
        return mendable;
    }

    /** What is said of it; of the content it shows the key alone. */
    public static String sentence(String key) {
        String some = key.length() > LONGEST ? key.substring(0, LONGEST) + "…" : key;
        return "the key '" + some.replaceAll("\\p{Cntrl}", "?") + "' stands twice in one object";
    }
}
