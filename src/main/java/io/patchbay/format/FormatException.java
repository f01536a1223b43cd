package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record breaks the rules of its format, or cannot be carried by it. The message shows no value. */
public final class FormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final Pattern PLACED = Pattern.compile("\\(line [0-9]+, column [0-9]+\\)$");

    private final boolean goesOn;
    private final transient JsonNode found;
    private final transient @Nullable Charset charset;
    private final transient @Nullable Content rest;

    private FormatException(String message, boolean goesOn, JsonNode found, @Nullable Charset charset) {
        this(message, goesOn, found, charset, null);
    }

    private FormatException(
            String message, boolean goesOn, JsonNode found, @Nullable Charset charset, @Nullable Content rest) {
        super(message);
        this.goesOn = goesOn;
        this.found = found;
        this.charset = charset;
        this.rest = rest;
    }

    /** Nothing can be read behind this. */
    public static FormatException ends(String why, @Nullable Place at) {
        return new FormatException(at == null ? why : why + " (" + at + ")", false, Json.NODES.missingNode(), null);
    }

    /** Nothing can be read behind this, which stands in a field. */
    static FormatException ends(String why, Place at, String field) {
        String where = at + (field.isEmpty() ? "" : ", field '" + field + "'");
        return new FormatException(why + " (" + where + ")", false, Json.NODES.missingNode(), null);
    }

    /**
     * Nothing can be read behind this, which stands in a field.
     *
     * @param rest what there is from the record on: content of the format again, with its character set
     */
    static FormatException ends(String why, Place at, String field, Content rest) {
        String where = at + (field.isEmpty() ? "" : ", field '" + field + "'");
        return new FormatException(why + " (" + where + ")", false, Json.NODES.missingNode(), rest.said(), rest);
    }

    /**
     * One record is wrong, and the next one can be read.
     *
     * @param field the field that is wrong; null where it is the record
     * @param found what there is in its place: content of the format again, so that it can be mended and read
     */
    public static FormatException record(String why, Place at, @Nullable String field, JsonNode found) {
        String where = at + (field == null ? "" : ", field '" + field + "'");
        return new FormatException(why + " (" + where + ")", true, found, null);
    }

    /** One record is wrong, likewise, where neither line nor byte says where it stands. */
    static FormatException record(String why, String where, JsonNode found) {
        return new FormatException(why + " (" + where + ")", true, found, null);
    }

    /**
     * One record is wrong, and the next one can be read.
     *
     * @param found what there is in its place: content of the format again, byte by byte as it came
     * @param charset the character set in which it is read
     */
    public static FormatException record(String why, Place at, @Nullable String field, byte[] found, Charset charset) {
        String where = at + (field == null ? "" : ", field '" + field + "'");
        return new FormatException(why + " (" + where + ")", true, Json.NODES.binaryNode(found), charset);
    }

    /** One record cannot be written; nothing of it was. */
    public static FormatException refused(String why) {
        return new FormatException(why, true, Json.NODES.missingNode(), null);
    }

    /** The message; where it is about the character set, with what helps there in place of the word of a conversion. */
    public String told(String help) {
        return String.valueOf(getMessage()).replace(Encoded.OTHER, "; " + help);
    }

    /** The same, with where it stands. */
    FormatException in(String where) {
        String message = String.valueOf(getMessage());
        boolean placed = PLACED.matcher(message).find();
        String more =
                placed ? message.substring(0, message.length() - 1) + "; " + where + ")" : message + " (" + where + ")";
        return new FormatException(more, goesOn, found, charset, rest);
    }

    /** Whether the next record can be read or written. */
    public boolean goesOn() {
        return goesOn;
    }

    /** Where nothing can be read behind a record: what there is from it on, as content of the format; null where that is not known. */
    public @Nullable Content rest() {
        return rest;
    }

    /** The character set of what was found or is left, where that is bytes; else null. */
    public @Nullable Charset charset() {
        return charset;
    }

    /** What stood in the record's place: content as text or bytes, a record as an object, or missing. */
    public JsonNode found() {
        return found;
    }
}
