package io.patchbay.connector.http;

import java.nio.charset.IllegalCharsetNameException;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/** Reads what systems say of their content, whatever they say. */
final class MediaType {

    private MediaType() {}

    /** What a header says; null for nothing. Words that can name no character set, like one in quotes, say none. */
    static @Nullable ContentType of(@Nullable String said) {
        try {
            return ContentType.parseLenient(said);
        } catch (IllegalCharsetNameException e) { // the client passes over names that are not known only
            String text = String.valueOf(said);
            int parameters = text.indexOf(';');
            return ContentType.parseLenient(parameters < 0 ? text : text.substring(0, parameters));
        }
    }
}
