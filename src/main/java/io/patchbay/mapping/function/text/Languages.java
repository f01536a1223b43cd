package io.patchbay.mapping.function.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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

    /** The code of two letters for a code, a tag like {@code en-GB}, or an English name; null when there is none. */
    static @Nullable String find(String text) {
        String found = CODES.get(Plain.folded(text));
        int end = text.replace('_', '-').indexOf('-');
        return found != null || end < 2 || end > 3 ? found : CODES.get(Plain.folded(text.substring(0, end)));
    }

    /** Three letters. */
    static String alpha3(String code) {
        return new Locale(code).getISO3Language();
    }

    /** The English name. */
    static String name(String code) {
        return new Locale(code).getDisplayLanguage(Locale.ENGLISH);
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>(LIBRARY);
        for (String code : Locale.getISOLanguages()) {
            codes.put(Plain.folded(name(code)), code);
            codes.put(alpha3(code), code);
            codes.put(code, code);
        }
        return Map.copyOf(codes);
    }
}
