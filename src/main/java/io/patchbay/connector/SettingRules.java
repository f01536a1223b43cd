package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.patchbay.connector.definition.PropertyConfig;
import io.patchbay.connector.definition.PropertyConfig.Format;
import io.patchbay.connector.definition.PropertyConfig.SettingType;
import io.patchbay.expression.Values;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the value of a setting against what its declaration says beyond the kind of value. The words and their meaning are
 * those of JSON Schema 2020-12, but {@code pattern}, which the whole value matches; formats are asserted, and empty text has none.
 */
final class SettingRules {

    /** RFC 1123, section 2.1: labels of at most 63 characters. */
    private static final Pattern HOSTNAME = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private static final int LONGEST_HOSTNAME = 253;

    private SettingRules() {}

    /** What the value must be and is not, without the value: {@code must be at least 1}; nothing when it is right. */
    static Optional<String> broken(JsonNode value, PropertyConfig property) {
        String text = Values.text(value);
        String what = pattern(text, property);
        what = what == null ? length(text, property) : what;
        what = what == null ? size(text, property) : what;
        return Optional.ofNullable(what == null ? format(text, property.format()) : what);
    }

    /**
     * The same of a value that a reference yields, which is text whatever it stands for: it must also be of the kind and among the
     * choices.
     */
    static Optional<String> brokenText(JsonNode value, PropertyConfig property) {
        String text = Values.text(value);
        String kind = switch (property.type()) {
            case INTEGER -> text.matches("-?[0-9]{1,18}") ? null : "must be a whole number";
            case NUMBER -> text.matches("-?[0-9]{1,100}(\\.[0-9]{1,100})?") ? null : "must be a number";
            case BOOLEAN -> text.equals("true") || text.equals("false") ? null : "must be true or false";
            case INSTANT ->
                Literal.instant(text, Instant.EPOCH).isPresent()
                        ? null
                        : "must be a time like 2026-01-31T00:00:00Z, or how long ago, like -2h";
            case STRING -> null;
        };
        List<JsonNode> choices = property.choices();
        if (kind == null
                && choices != null
                && choices.stream().map(Values::text).noneMatch(text::equals)) {
            kind = "must be one of " + choices.stream().map(Values::text).collect(Collectors.joining(", "));
        }
        return kind == null ? broken(value, property) : Optional.of(kind);
    }

    private static @Nullable String pattern(String text, PropertyConfig property) {
        String regex = property.pattern();
        return regex == null || Pattern.compile(regex).matcher(text).matches() ? null : "must match " + regex;
    }

    private static @Nullable String length(String text, PropertyConfig property) {
        int length = text.codePointCount(0, text.length());
        Integer least = property.minLength();
        Integer most = property.maxLength();
        if (least != null && length < least) {
            return "must have at least " + least + " characters";
        }
        return most != null && length > most ? "must have at most " + most + " characters" : null;
    }

    private static @Nullable String size(String text, PropertyConfig property) {
        BigDecimal least = property.minimum();
        BigDecimal most = property.maximum();
        if (least == null && most == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (least != null && number.compareTo(least) < 0) {
                return "must be at least " + least;
            }
            return most != null && number.compareTo(most) > 0 ? "must be at most " + most : null;
        } catch (NumberFormatException e) {
            return "must be a number";
        }
    }

    private static @Nullable String format(String text, @Nullable Format format) {
        if (format == null || text.isEmpty()) {
            return null;
        }
        boolean right = switch (format) {
            case URI -> isUri(text);
            case EMAIL -> isMail(text);
            case DATE -> isDate(text);
            case HOSTNAME ->
                text.length() <= LONGEST_HOSTNAME && HOSTNAME.matcher(text).matches();
            case UUID -> text.length() == 36 && isUuid(text);
        };
        return right ? null : "must be " + format.what();
    }

    private static boolean isUri(String text) {
        try {
            return text.chars().allMatch(c -> c < 0x80) && new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isMail(String text) {
        try {
            new InternetAddress(text, true).validate();
            return text.contains("@") && !text.contains("<");
        } catch (AddressException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What speaks against a declaration itself, with the key it is about; nothing when it is right. */
    static Optional<Against> against(PropertyConfig property) {
        boolean text = property.type() == SettingType.STRING;
        boolean number = property.type() == SettingType.INTEGER || property.type() == SettingType.NUMBER;
        BigDecimal least = property.minimum();
        BigDecimal most = property.maximum();
        Integer shortest = property.minLength();
        Integer longest = property.maxLength();
        if ((least != null || most != null) && !number) {
            return against(least != null ? "minimum" : "maximum", "is for the types integer and number");
        }
        if ((shortest != null || longest != null) && !text) {
            return against(shortest != null ? "minLength" : "maxLength", "is for the type string");
        }
        if (property.format() != null && !text) {
            return against("format", "is for the type string");
        }
        if (least != null && most != null && least.compareTo(most) > 0) {
            return against("maximum", "is smaller than 'minimum', so no value is right");
        }
        return shortest != null && longest != null && shortest > longest
                ? against("maxLength", "is smaller than 'minLength', so no value is right")
                : Optional.empty();
    }

    private static Optional<Against> against(String key, String what) {
        return Optional.of(new Against(key, "'" + key + "' " + what));
    }

    /** A key of a declaration, and what is wrong with it. */
    record Against(String key, String what) {}
}
