package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
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

    /** What helps where a key stands twice and the setting can be given. */
    public static final String TAKES_LAST = "; 'json: { duplicateKeys: last }' takes the last of its values";

    private static final int LONGEST_TYPE = 100;
    private static final String DUPLICATE = "Duplicate field '";
    private static final String FOLLOWS = "more follows behind the value";

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
        String twice = twice(thrown);
        if (twice != null) {
            return twice + place;
        }
        if (follows(thrown)) {
            return "more follows behind the JSON" + place;
        }
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

    /** The same, with what helps where a setting does. */
    public static String mendable(IOException thrown, String start, @Nullable String contentType) {
        String why = sentence(thrown, start, contentType);
        return thrown instanceof KeyTwice twice && twice.mendable() ? why + TAKES_LAST : why;
    }

    /** What is said of a key that stands twice; null where something else is wrong. */
    private static @Nullable String twice(IOException thrown) {
        if (thrown instanceof KeyTwice twice) {
            return twice.getOriginalMessage();
        }
        // As a parser says it that looks for them by itself.
        String message = thrown instanceof JsonProcessingException json ? json.getOriginalMessage() : null;
        return message == null || !message.startsWith(DUPLICATE)
                ? null
                : KeyTwice.sentence(message.substring(DUPLICATE.length(), message.length() - 1));
    }

    /** The error of what stands behind a document. */
    public static IOException follows(JsonParser at) {
        return new JsonParseException(at, FOLLOWS);
    }

    private static boolean follows(IOException thrown) {
        return thrown instanceof JsonProcessingException json
                && (FOLLOWS.equals(json.getOriginalMessage())
                        || String.valueOf(json.getOriginalMessage()).startsWith("Trailing token"));
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
