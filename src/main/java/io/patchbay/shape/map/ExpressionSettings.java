package io.patchbay.shape.map;

import io.patchbay.format.XmlSettings;
import io.patchbay.script.language.Language;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which expression a map's settings name. Texts are given in the order of the languages. */
final class ExpressionSettings {

    private static final String ELEMENT = "record";

    private ExpressionSettings() {}

    /** Whether there is one. @throws IllegalArgumentException when there is more than one, or one beside rules */
    static boolean isOne(boolean rules, @Nullable ExpressionText... texts) {
        Map<Language, ExpressionText> given = given(texts);
        if (given.size() > 1 || (rules && !given.isEmpty())) {
            throw new IllegalArgumentException(
                    "a map is made of fields and what belongs to them, or of one expression; found "
                            + (rules ? "both, " : "")
                            + String.join(
                                    ", ",
                                    given.keySet().stream().map(Language::key).toList()));
        }
        return !given.isEmpty();
    }

    /** @throws IllegalArgumentException for what is said of an expression that is not there, or of XML where there is none */
    static void checkBeside(
            boolean expression, MapShape.Each each, @Nullable Duration timeout, String element, boolean xml) {
        if (!expression && (each == MapShape.Each.PAYLOAD || timeout != null)) {
            throw new IllegalArgumentException("'" + (timeout != null ? "timeout" : "each")
                    + "' belongs to an expression like 'jq', not to 'fields'");
        }
        if (!xml && !element.equals(ELEMENT)) {
            throw new IllegalArgumentException("'element' belongs to 'xslt' and 'xquery'");
        }
        XmlSettings.checkElement("element", element);
    }

    /** The one there is, or null. */
    static @Nullable Expression of(
            MapShape.Each each, String element, @Nullable Duration timeout, @Nullable ExpressionText... texts) {
        return given(texts).entrySet().stream()
                .findFirst()
                .map(one -> new Expression(one.getKey(), one.getValue(), each, element, timeout))
                .orElse(null);
    }

    private static Map<Language, ExpressionText> given(@Nullable ExpressionText... texts) {
        Map<Language, ExpressionText> given = new EnumMap<>(Language.class);
        Language[] languages = Language.values();
        for (int i = 0; i < languages.length; i++) {
            ExpressionText text = texts[i];
            if (text != null) {
                given.put(languages[i], text);
            }
        }
        return given;
    }
}
