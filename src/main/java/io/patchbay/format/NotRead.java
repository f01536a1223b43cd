package io.patchbay.format;

import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import java.io.IOException;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** A record of JSON or XML that breaks the rules: why is said by what begins the content, and where it stands by this. */
public final class NotRead extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_FIELD = 100;

    private final String where;

    private NotRead(Throwable cause, String where) {
        super(cause);
        this.where = where;
    }

    /** The error of a record, from that of its reader. */
    static IOException of(Exception thrown, Place at, String field) {
        return of(thrown, at, field, "");
    }

    /** The error of what is no record, with where it stands. */
    static IOException of(Exception thrown, String where) {
        IOException large = RecordBytes.TooLarge.at(thrown, where);
        return large != null ? large : new NotRead(thrown, where);
    }

    /** The error of a record, with what helps where the record is too large. */
    static IOException of(Exception thrown, Place at, String field, String hint) {
        String shown = shown(field);
        IOException large = RecordBytes.TooLarge.at(thrown, at, shown, hint);
        return large != null ? large : new NotRead(thrown, at + (shown.isEmpty() ? "" : ", field '" + shown + "'"));
    }

    /** The name of a field or file as it may stand in a message: content says it. */
    public static String shown(String field) {
        String some = field.length() > LONGEST_FIELD ? field.substring(0, LONGEST_FIELD) + "…" : field;
        return some.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * What was found, and where.
     *
     * @param start the first characters of the content; nothing of them is repeated
     * @param contentType as the sender declared it
     */
    public String sentence(String start, @Nullable String contentType) {
        String why = getCause() instanceof XMLStreamException xml
                ? NotXml.sentence(xml, start)
                : NotJson.mendable((IOException) Objects.requireNonNull(getCause()), start, contentType);
        return why.endsWith(")") ? why.substring(0, why.length() - 1) + "; " + where + ")" : why + " (" + where + ")";
    }
}
