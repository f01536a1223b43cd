package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonToken;

/**
 * What a JSON tree takes in memory, told while it is read: one that would take more than half of the heap is not built to its end. Of a
 * few bytes of text there may be hundreds in memory: <code>{"a":1}</code> is an object, its table and an entry. The characters of texts are not
 * counted, for the content itself is bounded.
 */
public final class TreeWeight {

    /** Bytes that a tree may take. */
    public static final long MOST = Runtime.getRuntime().maxMemory() / 2;

    private static final int OBJECT = 168;
    private static final int MEMBER = 48;
    private static final int LIST = 104;
    private static final int TEXT = 72;
    private static final int WHOLE_NUMBER = 32;
    private static final int DECIMAL = 72;
    private static final int PLACE = 8;

    private long left;

    /** Of a tree that may take half of the heap. */
    public TreeWeight() {
        this(MOST);
    }

    /** @param most bytes that the tree may take */
    TreeWeight(long most) {
        this.left = most;
    }

    /** One more token. Answers whether all of them still fit. */
    public boolean fits(JsonToken token) {
        left -= switch (token) {
            case START_OBJECT -> OBJECT;
            case FIELD_NAME -> MEMBER;
            case START_ARRAY -> LIST;
            case VALUE_STRING -> TEXT;
            case VALUE_NUMBER_INT -> WHOLE_NUMBER;
            case VALUE_NUMBER_FLOAT -> DECIMAL;
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> PLACE;
            case END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> 0;
        };
        return left >= 0;
    }
}
