package io.patchbay.mapping.function.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The languages of ISO 639 that the JDK knows, by code and by English name. */
final class Languages {

    /** Codes of ISO 639-2 for libraries, where they are others than those of ISO 639-3. */
    private static final Map<String, String> LIBRARY = Map.ofEntries(
            Map.entry("alb", "sq"),
            Map.entry("arm", "hy"),
            Map.entry("baq", "eu"),
            Map.entry("bur", "my"),
            Map.entry("chi", "zh"),
            Map.entry("cze", "cs"),
            Map.entry("dut", "nl"),
            Map.entry("fre", "fr"),
            Map.entry("geo", "ka"),
            Map.entry("ger", "de"),
            Map.entry("gre", "el"),
            Map.entry("ice", "is"),
            Map.entry("mac", "mk"),
            Map.entry("mao", "mi"),
            Map.entry("may", "ms"),
            Map.entry("per", "fa"),
            Map.entry("rum", "ro"),
            Map.entry("slo", "sk"),
            Map.entry("tib", "bo"),
            Map.entry("wel", "cy"));

    private static final Map<String, String> CODES = codes();

    private Languages() {}

    /**
     * The code of two letters for a name of some language, a code, a tag like {@code en-GB}, or an English name; null when there is none.
     *
     * @param names go before a code that is written like one of them
     */
    static @Nullable String find(String text, Map<String, String> names) {
        String folded = Plain.folded(text);
        String named = names.get(folded);
        String found = named == null ? CODES.get(folded) : named;
        int end = text.replace('_', '-').indexOf('-');
        return found != null || end < 2 || end > 3 ? found : CODES.get(Plain.folded(text.substring(0, end)));
    }

    /** Three letters. */
    static String alpha3(String code) {
        return new Locale(code).getISO3Language();
    }

    /** The name in a language. */
    static String name(String code, Locale language) {
        return new Locale(code).getDisplayLanguage(language);
    }

    /** Codes by folded names in a language, without those that two share. */
    static Map<String, String> names(Locale language) {
        Map<String, String> names = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (String code : Locale.getISOLanguages()) {
            String folded = Plain.folded(name(code, language));
            String other = names.putIfAbsent(folded, now(code));
            if (other != null && !other.equals(now(code))) {
                shared.add(folded);
            }
        }
        names.keySet().removeAll(shared);
        return Map.copyOf(names);
    }

    /** The code that is in use: the JDK lists {@code in}, {@code iw} and {@code ji} beside those that took their places. */
    private static String now(String code) {
        return new Locale(code).toLanguageTag();
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>(LIBRARY);
        for (String code : Locale.getISOLanguages()) {
            codes.put(Plain.folded(name(code, Locale.ENGLISH)), now(code));
            codes.put(alpha3(code), now(code));
            codes.put(code, now(code));
        }
        return Map.copyOf(codes);
    }
}
