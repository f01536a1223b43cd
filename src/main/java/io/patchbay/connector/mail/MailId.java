package io.patchbay.connector.mail;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail of a folder for good (RFC 3501 section 2.3.1.1): its number means something only as long as the folder's validity is
 * the same.
 *
 * @param validity of the folder's numbers
 * @param uid the number
 */
record MailId(long validity, long uid) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})");

    /** Reads {@code 1712345678-42}. @throws StepException when the text is no such id */
    static MailId parse(String text) throws StepException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_VALUE",
                    "'" + MailFailures.shown(text) + "' is not the id of a mail, like 1712345678-42");
        }
        return of(matcher);
    }

    /** The id in a state of a pull; null when it is none. */
    static @Nullable MailId of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? of(matcher) : null;
    }

    private static MailId of(Matcher matcher) {
        return new MailId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return validity + "-" + uid;
    }
}
