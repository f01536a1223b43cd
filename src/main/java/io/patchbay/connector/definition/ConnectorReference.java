package io.patchbay.connector.definition;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connector as instances and flows name it: {@code shop}, {@code shop@2} or {@code shop@2.3.0}.
 *
 * @param id of the connector
 * @param version a major version or an exact one; null for the newest
 */
public record ConnectorReference(String id, @Nullable String version) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(@[0-9]+(\\.[0-9]+\\.[0-9]+)?)?");

    /** Whether a text has the form of one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** What to say of a text that has another form. */
    public static String wrong(String text) {
        return "connector '" + text + "' must be like my-shop, my-shop@2 or my-shop@2.3.0";
    }

    /** Reads one. @throws IllegalArgumentException if the text has another form */
    public static ConnectorReference parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException(wrong(text));
        }
        int at = text.indexOf('@');
        return at < 0
                ? new ConnectorReference(text, null)
                : new ConnectorReference(text.substring(0, at), text.substring(at + 1));
    }
}
