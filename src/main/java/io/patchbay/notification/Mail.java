package io.patchbay.notification;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A plain text mail.
 *
 * @param to mail addresses
 * @param subject one line: line breaks and other control characters become blanks, so that nothing in it can become a header
 * @param text any text
 * @param id the same for the same message, so that a mail sent twice can be told by its Message-ID; letters, digits and
 *     {@code . - _}
 */
public record Mail(List<String> to, String subject, String text, String id) {

    /** Longest subject: RFC 5322 allows lines of 998 characters. */
    public static final int LONGEST_SUBJECT = 500;

    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cntrl}@<>,;:\"()\\[\\]\\\\]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");
    private static final Pattern NOT_FOR_IDS = Pattern.compile("[^A-Za-z0-9._-]");

    /** @throws IllegalArgumentException when there is no address, or one that is none */
    public Mail {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a mail needs an address");
        }
        for (String address : to) {
            if (!isAddress(address)) {
                throw new IllegalArgumentException("'" + address + "' is not a mail address");
            }
        }
        String line = CONTROL.matcher(subject).replaceAll(" ").strip();
        subject = line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) : line;
        id = NOT_FOR_IDS.matcher(id).replaceAll("-");
    }

    /** Whether a text is one plain mail address, without name or brackets. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
