package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers in one form.
 *
 * @param settings of which country, in which form
 */
record PhoneFunction(PhoneSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "phone",
                            "A phone number in the form E.164, however people wrote it. `country` (ISO 3166, two letters; it may"
                                    + " be a placeholder, and then also a name) is that of numbers without `+`; without it such a"
                                    + " number is an error. A number that its country's plan does not have is an error; with `check:"
                                    + " possible` only its length is looked at. E.164 has no place for an extension: a number with one"
                                    + " is an error there, and keeps it in the other forms.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ phone: { country: GB } }", "\"020 7946 0958\"", "\"+442079460958\"")
                    .example(
                            "{ phone: { country: \"${record.country}\", form: international } }",
                            "\"+49 (0)30 / 901820\"",
                            "\"+49 30 901820\"")
                    .example(
                            "{ phone: { country: \"${record.country}\", form: rfc3966 } }",
                            "\"020 7946 0958 ext. 12\"",
                            "tel:+44-20-7946-0958;ext=12")
                    .refuses("phone", "\"020 7946 0958\"", "phone: the number has no +, and there is no 'country'")
                    .refuses(
                            "{ phone: { country: GB } }",
                            "\"12\"",
                            "phone: the text is not a phone number of its country"),
            PhoneSettings.class,
            PhoneFunction::new);

    /** How a number is written. */
    enum Form {
        /** + and digits. */
        E164(PhoneNumberFormat.E164),
        /** + and groups. */
        INTERNATIONAL(PhoneNumberFormat.INTERNATIONAL),
        /** As in its country. */
        NATIONAL(PhoneNumberFormat.NATIONAL),
        /** As an address: tel:. */
        RFC3966(PhoneNumberFormat.RFC3966);

        private final PhoneNumberFormat format;

        Form(PhoneNumberFormat format) {
            this.format = format;
        }
    }

    /** How far a number is looked at. */
    enum Check {
        /** Against its country's plan. */
        VALID,
        /** Its length alone. */
        POSSIBLE
    }

    /** Settings. */
    @Doc("Of which country numbers are, and how they are written")
    record PhoneSettings(
            @Doc("Country of numbers without +, like GB; it may be a placeholder") @Nullable
            Template country,

            @Doc("e164, international, national or rfc3966") @Default("e164")
            Form form,

            @Doc("valid: a number that its country's plan has; possible: one of its length") @Default("valid")
            Check check) {

        PhoneSettings {
            if (country != null && country.constant()) {
                String code = country.constantValue().asText();
                if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(code)) {
                    throw new IllegalArgumentException("'" + code + "' is not a country of two letters like GB");
                }
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String text = Found.text(value);
        String country =
                settings.country() == null ? null : code(settings.country().text(scope));
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = phones.parse(text, country);
            boolean right =
                    settings.check() == Check.VALID ? phones.isValidNumber(number) : phones.isPossibleNumber(number);
            if (right && number.hasExtension() && settings.form() == Form.E164) {
                throw new FunctionException("the number has an extension, and e164 has no place for one");
            }
            if (right) {
                return Json.NODES.textNode(phones.format(number, settings.form().format));
            }
        } catch (NumberParseException e) {
            if (e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE) {
                throw new FunctionException(
                        country == null
                                ? "the number has no +, and there is no 'country'"
                                : "the number has no country that exists");
            }
        }
        throw new FunctionException("the text is not a phone number of its country");
    }

    /** A code that nobody has is left to the library, which says so. */
    private static String code(String country) {
        String code = Countries.find(country);
        return code == null ? country.strip().toUpperCase(Locale.ROOT) : code;
    }

    @Override
    public Set<Ref> reads() {
        return settings.country() == null ? Set.of() : settings.country().reads();
    }
}
