package io.patchbay.shape.map;

import io.patchbay.script.language.Language;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which expression a map's settings name. */
final class ExpressionSettings {

    private ExpressionSettings() {}

    /** Whether there is one. @throws IllegalArgumentException when there is more than one, or one beside rules */
    static boolean isOne(boolean rules, @Nullable ExpressionText jq) {
        Map<Language, ExpressionText> given = given(jq);
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

    /** The one there is, or null. */
    static @Nullable Expression of(@Nullable ExpressionText jq, MapShape.Each each, @Nullable Duration timeout) {
        return given(jq).entrySet().stream()
                .findFirst()
                .map(one -> new Expression(one.getKey(), one.getValue(), each, "record", timeout))
                .orElse(null);
    }

    private static Map<Language, ExpressionText> given(@Nullable ExpressionText jq) {
        Map<Language, ExpressionText> given = new EnumMap<>(Language.class);
        if (jq != null) {
            given.put(Language.JQ, jq);
        }
        return given;
    }
}
