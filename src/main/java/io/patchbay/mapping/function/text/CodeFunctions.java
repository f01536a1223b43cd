package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Codes of countries, languages and currencies. */
final class CodeFunctions {

    private static final Map<String, Currency> CURRENCIES = currencies();

    static final FunctionType COUNTRY = SettingsFunction.alone(
            spec(
                            "country",
                            "A country, given by its code of two or three letters or its name however it is written, as ISO 3166"
                                    + " has it: `alpha2`, `alpha3`, or its `name`. Names are read in `language` and in English, and"
                                    + " written in the one; a name in `language` goes before a code that is written like it.")
                    .from(ValueKind.TEXTS, ValueKind.TEXT)
                    .example("country", "United Kingdom", "GB")
                    .example("{ country: { to: alpha3 } }", "de", "DEU")
                    .example("{ country: { to: name } }", "CIV", "Côte d’Ivoire")
                    .example("{ country: { language: de } }", "Österreich", "AT")
                    .refuses("country", "Atlantis", "country: the text is not a country's code or English name"),
            CountrySettings.class,
            CodeFunctions::countries);

    static final FunctionType LANGUAGE = SettingsFunction.alone(
            spec(
                            "language",
                            "A language, given by its code of two or three letters, a tag like `en-GB` or its name, as ISO 639 has"
                                    + " it: `alpha2`, `alpha3` or its `name`. Names are read in `language` and in English, and written"
                                    + " in the one; a name in `language` goes before a code that is written like it.")
                    .from(ValueKind.TEXTS, ValueKind.TEXT)
                    .example("language", "en-GB", "en")
                    .example("{ language: { to: alpha3 } }", "German", "deu")
                    .example("{ language: { to: name } }", "fre", "French")
                    .example("{ language: { language: de } }", "Französisch", "fr")
                    .refuses(
                            "language",
                            "Klingonese",
                            "language: the text is not a language's code, tag or English name"),
            LanguageSettings.class,
            CodeFunctions::languages);

    static final FunctionType CURRENCY = SettingsFunction.alone(
            spec(
                            "currency",
                            "A currency, given by its code of three letters or digits, checked against ISO 4217 and given as"
                                    + " `code`, as `number` or by its English `name`.")
                    .from(ValueKind.NUMBERS, ValueKind.TEXT)
                    .example("currency", "\" eur\"", "EUR")
                    .example("{ currency: { to: number } }", "GBP", "\"826\"")
                    .example("{ currency: { to: name } }", "\"036\"", "Australian Dollar")
                    .refuses(
                            "currency",
                            "EURO",
                            "currency: the text is not a currency's code of three letters or digits"),
            CurrencySettings.class,
            settings -> (value, record, scope) -> currency(Found.text(value), settings.to()));

    /** How a code is given. */
    enum Code {
        /** Two letters. */
        @Key("alpha2")
        ALPHA2,
        /** Three letters. */
        @Key("alpha3")
        ALPHA3,
        /** The name. */
        NAME
    }

    /** How a currency is given. */
    enum CurrencyCode {
        /** Three letters. */
        CODE,
        /** Three digits. */
        NUMBER,
        /** The name. */
        NAME
    }

    /** Settings. */
    @Doc("How a country is given")
    record CountrySettings(
            @Doc("alpha2, alpha3 or name") @Default("alpha2")
            Code to,

            @Doc("Language of names, as a code of two letters; English names are read in any case") @Default("en")
            String language) {

        CountrySettings {
            language = known(language);
        }
    }

    /** Settings. */
    @Doc("How a language is given")
    record LanguageSettings(
            @Doc("alpha2, alpha3 or name") @Default("alpha2")
            Code to,

            @Doc("Language of names, as a code of two letters; English names are read in any case") @Default("en")
            String language) {

        LanguageSettings {
            language = known(language);
        }
    }

    /** Settings. */
    @Doc("How a currency is given")
    record CurrencySettings(
            @Doc("code, number or name") @Default("code") CurrencyCode to) {}

    private CodeFunctions() {}

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.STRING, name, text);
    }

    private static String known(String language) {
        if (!List.of(Locale.getISOLanguages()).contains(language)) {
            throw new IllegalArgumentException("'" + language + "' is not a language of two letters like en");
        }
        return language;
    }

    private static MapFunction countries(CountrySettings settings) {
        Locale language = new Locale(settings.language());
        Map<String, String> names = english(settings.language()) ? Map.of() : Countries.names(language);
        return coded(
                "the text is not a country's code or English name",
                settings.language(),
                text -> Countries.find(text, names),
                code -> switch (settings.to()) {
                    case ALPHA2 -> code;
                    case ALPHA3 -> Countries.alpha3(code);
                    case NAME -> Countries.name(code, language);
                });
    }

    private static MapFunction languages(LanguageSettings settings) {
        Locale language = new Locale(settings.language());
        Map<String, String> names = english(settings.language()) ? Map.of() : Languages.names(language);
        return coded(
                "the text is not a language's code, tag or English name",
                settings.language(),
                text -> Languages.find(text.strip(), names),
                code -> switch (settings.to()) {
                    case ALPHA2 -> code;
                    case ALPHA3 -> Languages.alpha3(code);
                    case NAME -> Languages.name(code, language);
                });
    }

    /** English names are read in any case. */
    private static boolean english(String language) {
        return language.equals("en");
    }

    /** Finds the code that a text means; null when it means none. */
    private interface Finding {
        @Nullable
        String code(String text);
    }

    private static MapFunction coded(String none, String language, Finding finding, UnaryOperator<String> shown) {
        String why = none + (english(language) ? "" : ", and no name in the language '" + language + "'");
        return (value, record, scope) -> {
            String code = finding.code(Found.text(value));
            if (code == null) {
                throw new FunctionException(why);
            }
            return Json.NODES.textNode(shown.apply(code));
        };
    }

    private static JsonNode currency(String text, CurrencyCode to) {
        Currency found = CURRENCIES.get(text.strip().toUpperCase(Locale.ROOT));
        if (found == null) {
            throw new FunctionException("the text is not a currency's code of three letters or digits");
        }
        return Json.NODES.textNode(
                switch (to) {
                    case CODE -> found.getCurrencyCode();
                    case NUMBER -> found.getNumericCodeAsString();
                    case NAME -> found.getDisplayName(Locale.ENGLISH);
                });
    }

    private static Map<String, Currency> currencies() {
        Map<String, Currency> currencies = new HashMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            currencies.put(currency.getCurrencyCode(), currency);
            // Old currencies, which have their years in brackets, share their digits with those that follow them.
            boolean old = currency.getDisplayName(Locale.ENGLISH).contains("(");
            currencies.merge(currency.getNumericCodeAsString(), currency, (one, other) -> old ? one : other);
        }
        return Map.copyOf(currencies);
    }
}
