package io.patchbay.format;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The envelope of written messages. What a record says itself in interchange, group and message comes first. */
@Doc(
        "The envelope of written messages; what the first record says under interchange, group and message comes before it")
public record EdiSettings(
        @Doc("Who sends") @Nullable String sender,

        @Doc("What kind of number that is (UNB S002 0007, ISA05), like 14") @Nullable
        String senderQualifier,

        @Doc("Who receives") @Nullable String recipient,

        @Doc("What kind of number that is (UNB S003 0007, ISA07)") @Nullable
        String recipientQualifier,

        @Doc("Control reference of the interchange (UNB 0020; ISA13, up to 9 digits); a further one counts on")
        @Default("1")
        String reference,

        @Doc("Control reference of the first message, a number; the following ones count on") @Default("1")
        int firstMessage,

        @Doc("EDIFACT: syntax, which says the character set, like UNOA or UNOC") @Default("UNOC")
        String syntax,

        @Doc("EDIFACT: version of the syntax, 1 to 4; 4 has elements that repeat, and dates of eight digits")
        @Default("'3'")
        String syntaxVersion,

        @Doc("Type of the message, like ORDERS or 850") @Nullable
        String type,

        @Doc("Version: EDIFACT's after the type, like D:96A:UN:EAN008; X12's of the group (GS08), like 004010")
        @Nullable
        String version,

        @Doc("X12: functional identifier of the group (GS01), like PO") @Nullable
        String function,

        @Doc("Whether the interchange is a test") @Default("false")
        boolean test,

        @Doc(
                "Separators: of components, elements, the decimal mark, the release character (EDIFACT) and the segment's end, five characters; with it EDIFACT begins with UNA")
        @Nullable
        String separators,

        @Doc("Whether a line feed stands behind each segment") @Default("false")
        boolean lines) {

    private static final Set<String> SYNTAXES = Set.of(
            "UNOA", "UNOB", "UNOC", "UNOD", "UNOE", "UNOF", "UNOG", "UNOH", "UNOI", "UNOJ", "UNOK", "UNOL", "UNOW",
            "UNOY");

    /** Nothing is said. */
    public static final EdiSettings DEFAULT =
            new EdiSettings(null, null, null, null, "1", 1, "UNOC", "3", null, null, null, false, null, false);

    /** @throws IllegalArgumentException if separators are no five different characters, or the syntax is not known */
    public EdiSettings {
        if (separators != null
                && (separators.length() != 5 || separators.chars().distinct().count() < 5)) {
            throw new IllegalArgumentException("separators must be five different characters, like \":+.?'\"");
        }
        if (!SYNTAXES.contains(syntax)) {
            throw new IllegalArgumentException("syntax must be one of UNOA to UNOL, UNOW or UNOY");
        }
        if (firstMessage < 1) {
            throw new IllegalArgumentException("firstMessage must be 1 or more");
        }
    }
}
