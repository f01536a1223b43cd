package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.payload.Json;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a date is written.
 *
 * @param kind which of the forms
 * @param pattern for {@link Kind#PATTERN}
 * @param written as it stands in the file
 */
record DateForm(Kind kind, @Nullable DateTimeFormatter pattern, String written) {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter ISO_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    /** What a form drops that writes the day alone. */
    static final String TIME = "the time of day";

    private static final String PHP = "php:";

    /** Each letter once, as PHP writes them; no pattern of Java with a year looks like that. */
    private static final Pattern LIKE_PHP = Pattern.compile("(?=.*[Yi])(?!.*([A-Za-z])\\1).*");

    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    /** Forms. */
    enum Kind {
        /** ISO 8601. */
        ISO,
        /** Seconds since 1970. */
        EPOCH,
        /** Milliseconds since 1970. */
        EPOCH_MILLIS,
        /** A pattern. */
        PATTERN
    }

    /** Reads the word or pattern. @throws IllegalArgumentException when it is no pattern */
    static DateForm of(String text) {
        return switch (text) {
            case "iso" -> new DateForm(Kind.ISO, null, text);
            case "epoch", "php:U" -> new DateForm(Kind.EPOCH, null, text);
            case "epochMillis" -> new DateForm(Kind.EPOCH_MILLIS, null, text);
            default -> new DateForm(Kind.PATTERN, text.startsWith(PHP) ? php(text) : formatter(text), text);
        };
    }

    private static DateTimeFormatter formatter(String text) {
        String letters = LITERAL.matcher(text).replaceAll("");
        if (LIKE_PHP.matcher(letters).matches()) {
            throw new WrongValueException(
                    "'" + text + "' is written in the date letters of PHP",
                    "write php:" + text + " to have them read as such");
        }
        if (letters.contains("YY") && !letters.contains("w")) {
            throw new WrongValueException("'" + text + "' asks for the year of a week", "write yyyy for the year");
        }
        try {
            // Strict, so that 31 February is refused; 'u' because a strict 'y' would ask for an era.
            return DateTimeFormatter.ofPattern(strictYears(text), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date pattern like yyyy-MM-dd HH:mm", e);
        }
    }

    private static DateTimeFormatter php(String text) {
        try {
            DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
            PhpLetters.append(text.substring(PHP.length()), builder);
            return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    private static String strictYears(String pattern) {
        StringBuilder strict = new StringBuilder();
        boolean literal = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            literal ^= c == '\'';
            strict.append(c == 'y' && !literal ? 'u' : c);
        }
        return strict.toString();
    }

    boolean isEpoch() {
        return kind == Kind.EPOCH || kind == Kind.EPOCH_MILLIS;
    }

    boolean inMillis() {
        return kind == Kind.EPOCH_MILLIS;
    }

    /** Whether two times of one day are written differently. */
    boolean hasTime() {
        ZonedDateTime noon = ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC);
        return !write(noon).equals(write(noon.minusHours(11)));
    }

    /** The date in this form. */
    JsonNode write(ZonedDateTime date) {
        return switch (kind) {
            case EPOCH -> Json.NODES.numberNode(date.toEpochSecond());
            case EPOCH_MILLIS -> Json.NODES.numberNode(date.toInstant().toEpochMilli());
            case ISO -> Json.NODES.textNode((date.getNano() == 0 ? ISO : ISO_MILLIS).format(date));
            case PATTERN -> Json.NODES.textNode(Objects.requireNonNull(pattern).format(date));
        };
    }
}
