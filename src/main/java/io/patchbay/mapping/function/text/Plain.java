package io.patchbay.mapping.function.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Letters without what stands above and below them. */
final class Plain {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Letters that Unicode does not take apart. */
    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('ß', "ss"),
            Map.entry('ẞ', "SS"),
            Map.entry('æ', "ae"),
            Map.entry('Æ', "AE"),
            Map.entry('œ', "oe"),
            Map.entry('Œ', "OE"),
            Map.entry('ø', "o"),
            Map.entry('Ø', "O"),
            Map.entry('đ', "d"),
            Map.entry('Đ', "D"),
            Map.entry('ð', "d"),
            Map.entry('Ð', "D"),
            Map.entry('ł', "l"),
            Map.entry('Ł', "L"),
            Map.entry('þ', "th"),
            Map.entry('Þ', "Th"),
            Map.entry('ı', "i"),
            Map.entry('ħ', "h"),
            Map.entry('Ħ', "H"));

    private Plain() {}

    /** Latin letters without marks; letters of other alphabets stay. */
    static String latin(String text) {
        String apart =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        StringBuilder plain = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            String instead = LETTERS.get(c);
            if (instead == null) {
                plain.append(c);
            } else {
                plain.append(instead);
            }
        }
        return plain.toString();
    }

    /** Small plain letters and digits alone, to find a name however it is written. */
    static String folded(String text) {
        return OTHERS.matcher(latin(text).toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
