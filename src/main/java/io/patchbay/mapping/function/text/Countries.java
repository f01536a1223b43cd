package io.patchbay.mapping.function.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The countries of ISO 3166-1 that the JDK knows, by code and by English name. */
final class Countries {

    /** Names that people write beside those that the JDK has. */
    private static final Map<String, String> ALSO = Map.ofEntries(
            Map.entry("uk", "GB"),
            Map.entry("greatbritain", "GB"),
            Map.entry("england", "GB"),
            Map.entry("scotland", "GB"),
            Map.entry("wales", "GB"),
            Map.entry("northernireland", "GB"),
            Map.entry("unitedstatesofamerica", "US"),
            Map.entry("america", "US"),
            Map.entry("holland", "NL"),
            Map.entry("thenetherlands", "NL"),
            Map.entry("czechrepublic", "CZ"),
            Map.entry("turkey", "TR"),
            Map.entry("ivorycoast", "CI"),
            Map.entry("republicofireland", "IE"),
            Map.entry("eire", "IE"),
            Map.entry("republicofkorea", "KR"),
            Map.entry("korea", "KR"),
            Map.entry("russianfederation", "RU"),
            Map.entry("uae", "AE"),
            Map.entry("hongkong", "HK"),
            Map.entry("macao", "MO"),
            Map.entry("macau", "MO"),
            Map.entry("burma", "MM"),
            Map.entry("vietnam", "VN"),
            Map.entry("swaziland", "SZ"),
            Map.entry("macedonia", "MK"),
            Map.entry("capeverde", "CV"),
            Map.entry("vatican", "VA"),
            Map.entry("palestine", "PS"));

    /** Two or three letters, with points or without. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z](\\.?[A-Za-z]){1,2}\\.?");

    private static final Map<String, String> CODES = codes();
    private static final Map<String, String> ENGLISH = english();

    private Countries() {}

    /** The code of two letters for a code or English name however it is written; null when there is none. */
    static @Nullable String find(String text) {
        return find(text, Map.of());
    }

    /** The same, but a name of a language goes before a code that is written like it. */
    static @Nullable String find(String text, Map<String, String> names) {
        String folded = Plain.folded(text);
        String found = names.get(folded);
        if (found == null && CODE.matcher(text.strip()).matches()) {
            found = CODES.get(folded);
        }
        return found == null ? ENGLISH.get(folded) : found;
    }

    /** Three letters. */
    static String alpha3(String code) {
        return new Locale("", code).getISO3Country();
    }

    /** The name in a language. */
    static String name(String code, Locale language) {
        return new Locale("", code).getDisplayCountry(language);
    }

    /** Codes by folded names in a language, without those that two countries share. */
    static Map<String, String> names(Locale language) {
        Map<String, String> names = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (String code : Locale.getISOCountries()) {
            String folded = Plain.folded(name(code, language));
            if (names.putIfAbsent(folded, code) != null) {
                shared.add(folded);
            }
        }
        names.keySet().removeAll(shared);
        return Map.copyOf(names);
    }

    private static Map<String, String> english() {
        Map<String, String> names = new HashMap<>(ALSO);
        for (String code : Locale.getISOCountries()) {
            names.put(Plain.folded(name(code, Locale.ENGLISH)), code);
            names.put(Plain.folded(name(code, Locale.ENGLISH).replace("&", "and")), code);
        }
        return Map.copyOf(names);
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            codes.put(alpha3(code).toLowerCase(Locale.ROOT), code);
            codes.put(code.toLowerCase(Locale.ROOT), code);
        }
        return Map.copyOf(codes);
    }
}
