package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why content is no JSON, and shows nothing of the content itself. */
public final class NotJson {

    private static final int LONGEST_TYPE = 100;

    private NotJson() {}

    /** Whether the content was JSON as far as it went, and only ended too early. */
    public static boolean cut(IOException thrown) {
        return thrown instanceof JsonEOFException;
    }

    /**
     * What was found instead of JSON, and where.
     *
     * @param start the first characters of the content; nothing of them is repeated
     * @param contentType as the sender declared it
     */
    public static String sentence(IOException thrown, String start, @Nullable String contentType) {
        String place = place(thrown);
        if (cut(thrown)) {
            return "the JSON ends too early" + place;
        }
        if (thrown instanceof StreamConstraintsException bound) {
            return "the JSON is beyond a bound" + place + ": " + bound(bound.getOriginalMessage());
        }
        if (thrown instanceof CharConversionException
                || thrown instanceof CharacterCodingException
                || String.valueOf(thrown.getMessage()).startsWith("Invalid UTF-")) {
            return "the content is not in UTF-8" + place;
        }
        String begin = start.stripLeading().toLowerCase(Locale.ROOT);
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return "the content begins as JSON and breaks its rules" + place;
        }
        return "JSON was expected, found " + looksLike(begin, contentType) + place;
    }

    /** Which bound, in words of a user: the reader's own sentence names its classes. */
    private static String bound(String message) {
        if (message.contains("nesting depth")) {
            return "it is nested deeper than " + Json.MAX_DEPTH + " levels";
        }
        if (message.startsWith("Number value length")) {
            return "a number has more than 1000 digits";
        }
        if (message.startsWith("String value length")) {
            return "a text has more than 64000000 characters";
        }
        if (message.startsWith("Name length")) {
            return "a key has more than 50000 characters";
        }
        return message.contains("`") ? "a value is larger than any record needs" : message;
    }

    private static String place(IOException thrown) {
        return thrown instanceof JsonProcessingException json && json.getLocation() != null
                ? " (line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ")"
                : "";
    }

    private static String looksLike(String begin, @Nullable String type) {
        if (begin.startsWith("<!doctype html") || begin.startsWith("<html")) {
            return "a page of HTML";
        }
        boolean shown =
                type != null && type.length() <= LONGEST_TYPE && type.chars().allMatch(c -> c >= ' ' && c < 127);
        return begin.startsWith("<") ? "XML" : "content of type '" + (shown ? type : "unknown") + "'";
    }
}
