package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.payload.Json;
import java.time.ZoneId;
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
 * @param pattern for {@link Kind#PATTERN}: how it is written
 * @param reading for {@link Kind#PATTERN}: how it is read
 * @param written as it stands in the file
 */
record DateForm(
        Kind kind,
        @Nullable DateTimeFormatter pattern,
        @Nullable DateTimeFormatter reading,
        String written) {

    private static final DateTimeFormatter ISO = iso("");
    private static final DateTimeFormatter ISO_MILLIS = iso(".SSS");
    private static final DateTimeFormatter ISO_MICROS = iso(".SSSSSS");
    private static final DateTimeFormatter ISO_NANOS = iso(".SSSSSSSSS");

    /** English words, and the weeks of ISO 8601: those of the language alone would begin on Sundays. */
    private static final Locale WORDS = Locale.forLanguageTag("en-u-rg-gbzzzz");

    /** What a form drops that writes the day alone. */
    static final String TIME = "the time of day";

    private static final String PHP = "php:";

    /** Each letter once, as PHP writes them; no pattern of Java with a year looks like that. */
    private static final Pattern LIKE_PHP = Pattern.compile("(?=.*[Yi])(?!.*([A-Za-z])\\1).*");

    private static final Pattern PHP_LITERAL = Pattern.compile("\\\\.");

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
            case "iso" -> new DateForm(Kind.ISO, null, null, text);
            case "epoch", "php:U" -> new DateForm(Kind.EPOCH, null, null, text);
            case "epochMillis" -> new DateForm(Kind.EPOCH_MILLIS, null, null, text);
            default ->
                text.startsWith(PHP)
                        ? new DateForm(Kind.PATTERN, php(text, false), php(text, true), text)
                        : pattern(formatter(text), text);
        };
    }

    private static DateForm pattern(DateTimeFormatter formatter, String text) {
        return new DateForm(Kind.PATTERN, formatter, formatter, text);
    }

    private static DateTimeFormatter iso(String fraction) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss" + fraction + "XXX", Locale.ROOT);
    }

    private static DateTimeFormatter formatter(String text) {
        String letters = LITERAL.matcher(text).replaceAll("");
        if (LIKE_PHP.matcher(letters).matches()) {
            throw new WrongValueException(
                    "'" + text + "' is written in the date letters of PHP",
                    "write php:" + text + " to have them read as such");
        }
        mixedUp(text, letters);
        try {
            // Strict, so that 31 February is refused; 'u' because a strict 'y' would ask for an era.
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(strictYears(text))
                    .toFormatter(WORDS)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date pattern like yyyy-MM-dd HH:mm", e);
        }
    }

    /** Letters that are taken for others, and would give another date without a word. */
    private static void mixedUp(String text, String letters) {
        boolean day = has(letters, "dMyuL");
        if (has(letters, "Y") && (!has(letters, "w") || (has(letters, "dDML") && !has(letters, "yu")))) {
            throw new WrongValueException("'" + text + "' asks for the year of a week", "write yyyy for the year");
        } else if (has(letters, "w") && has(letters, "yu") && !has(letters, "dDML")) {
            throw new WrongValueException(
                    "'" + text + "' has a week and not the year that weeks are counted in", "write YYYY for that year");
        } else if (has(letters, "m") && day && !has(letters, "HhkK")) {
            throw new WrongValueException("'" + text + "' asks for minutes without an hour", "write MM for the month");
        } else if (has(letters, "D") && has(letters, "ML") && !has(letters, "d")) {
            throw new WrongValueException(
                    "'" + text + "' asks for the day of the year", "write dd for the day of the month");
        } else if (has(letters, "hK") && !has(letters, "aB")) {
            throw halves(text, "HH");
        }
    }

    private static WrongValueException halves(String text, String hours) {
        return new WrongValueException(
                "'" + text + "' counts hours to twelve, and nothing says which half of the day it is",
                "write " + hours + " for the hours of the whole day, or add a for AM and PM");
    }

    private static boolean has(String letters, String any) {
        return letters.chars().anyMatch(letter -> any.indexOf(letter) >= 0);
    }

    private static DateTimeFormatter php(String text, boolean read) {
        String letters = PHP_LITERAL.matcher(text.substring(PHP.length())).replaceAll("");
        if (has(letters, "gh") && !has(letters, "aA")) {
            throw halves(text, "H");
        }
        try {
            DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
            PhpLetters.append(text.substring(PHP.length()), builder, read);
            DateTimeFormatter form = builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
            // An instant is a date once there is a zone; one that is written goes before it.
            return read && has(letters, "U") ? form.withZone(ZoneOffset.UTC) : form;
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
            case ISO -> Json.NODES.textNode(iso(date.getNano()).format(date));
            case PATTERN -> Json.NODES.textNode(Objects.requireNonNull(pattern).format(named(date)));
        };
    }

    /** PHP calls the zone UTC by its name. */
    private ZonedDateTime named(ZonedDateTime date) {
        boolean unnamed = written.startsWith(PHP) && date.getZone().equals(ZoneOffset.UTC);
        return unnamed ? date.withZoneSameInstant(ZoneId.of("UTC")) : date;
    }

    /** As many digits of the second as there are, by threes. */
    private static DateTimeFormatter iso(int nanos) {
        if (nanos == 0) {
            return ISO;
        } else if (nanos % 1_000_000 == 0) {
            return ISO_MILLIS;
        }
        return nanos % 1000 == 0 ? ISO_MICROS : ISO_NANOS;
    }
}
