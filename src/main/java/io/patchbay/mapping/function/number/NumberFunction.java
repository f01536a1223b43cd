package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a number and rounds it. */
final class NumberFunction implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.NUMBER,
                            "number",
                            "The value as a number; text is read, with the separators given. No digit is lost unless `decimals`"
                                    + " rounds. Follow it with `text` where the target wants text.")
                    .from(ValueKind.NUMBERS, ValueKind.NUMBER)
                    .example(
                            "{ number: { decimals: 2, decimalSeparator: \",\", groupSeparator: \".\" } }",
                            "\"1.234,565\"",
                            "1234.57")
                    .refuses(
                            "{ number: { groupSeparator: \",\" } }",
                            "\"1,5\"",
                            "number: the text has 'groupSeparator' in another place than between groups of three digits"),
            NumberSettings.class,
            NumberFunction::new,
            true);

    private static final Pattern FIRST = Pattern.compile("[+-]?\\d{1,3}");

    /** Three digits, or two before the last three as in India. */
    private static final Pattern NEXT = Pattern.compile("\\d{2,3}");

    private static final Pattern LAST = Pattern.compile("\\d{3}");

    private final NumberSettings settings;

    private NumberFunction(NumberSettings settings) {
        this.settings = settings;
    }

    /** Settings. */
    @Doc("How a number is read and rounded")
    record NumberSettings(
            @Doc("Digits after the point; all when it is left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding,

            @Doc("Between whole and fraction in text") @Default("\".\"")
            String decimalSeparator,

            @Doc(
                    "Between groups of three digits in text (or of two before the last); taken out. A blank also stands for those that do not break")
            @Nullable
            String groupSeparator) {

        NumberSettings {
            if (groupSeparator != null && groupSeparator.isEmpty()) {
                throw new IllegalArgumentException(
                        "'groupSeparator' must not be empty: leave it out where there is none");
            }
            if (decimalSeparator.length() != 1 || decimalSeparator.equals(groupSeparator)) {
                throw new IllegalArgumentException(
                        "'decimalSeparator' must be one character, and another one than 'groupSeparator'");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        boolean written = value.isTextual() && value.textValue().length() <= Values.MOST_DIGITS;
        BigDecimal number = Values.number(written ? Json.NODES.textNode(plain(value.textValue())) : value);
        if (number == null) {
            throw new FunctionException("the value is not a number, it is " + Found.kind(value));
        }
        Integer decimals = settings.decimals();
        return Found.node(
                decimals == null
                        ? number
                        : number.setScale(decimals, settings.rounding().mode()));
    }

    private String plain(String text) {
        String plain = text.strip();
        String separator = settings.groupSeparator();
        if (" ".equals(separator)) {
            plain = plain.replace('\u00a0', ' ')
                    .replace('\u202f', ' '); // blanks that do not break, as French is written
        }
        if (separator != null && plain.contains(separator)) {
            grouped(plain, separator);
            plain = plain.replace(separator, "");
        }
        if (!settings.decimalSeparator().equals(".")) {
            // A point is then no part of a number: it must not be taken for one by accident.
            plain = plain.replace('.', '?').replace(settings.decimalSeparator(), ".");
        }
        return plain;
    }

    /** A separator that stands elsewhere is another one: {@code 1,5} in place of {@code 1.5} would be read as 15. */
    private void grouped(String text, String separator) {
        int end = text.indexOf(settings.decimalSeparator());
        String[] groups = (end < 0 ? text : text.substring(0, end)).split(Pattern.quote(separator), -1);
        int last = groups.length - 1;
        boolean right = FIRST.matcher(groups[0]).matches()
                && LAST.matcher(groups[last]).matches()
                && Stream.of(groups)
                        .limit(last)
                        .skip(1)
                        .allMatch(group -> NEXT.matcher(group).matches());
        if (!right || (end >= 0 && text.indexOf(separator, end) >= 0)) {
            throw new FunctionException(
                    "the text has 'groupSeparator' in another place than between groups of three digits");
        }
    }

    @Override
    public boolean givesWhole() {
        Integer decimals = settings.decimals();
        return decimals != null && decimals == 0;
    }

    @Override
    public @Nullable String loses() {
        return settings.decimals() == null ? null : Decimals.DROPPED;
    }
}
