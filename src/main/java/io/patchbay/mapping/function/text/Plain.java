package io.patchbay.mapping.function.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Letters without what stands above and below them. */
final class Plain {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

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
        StringBuilder plain = new StringBuilder(text.length());
        boolean latin = false;
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        for (int i = 0; i < apart.length(); i += Character.charCount(apart.codePointAt(i))) {
            int c = apart.codePointAt(i);
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                if (!latin) {
                    plain.appendCodePoint(c); // a mark of another alphabet makes another letter
                }
                continue;
            }
            latin = Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
            String one = Character.toString(c);
            String letters = latin
                    ? MARKS.matcher(Normalizer.normalize(one, Normalizer.Form.NFKD))
                            .replaceAll("")
                    : one;
            for (int k = 0; k < letters.length(); k++) {
                String instead = LETTERS.get(letters.charAt(k));
                plain.append(instead == null ? String.valueOf(letters.charAt(k)) : instead);
            }
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    /**
     * Small plain letters and digits alone, to find a name however it is written. Marks of other alphabets are letters of
     * theirs: without them Togo and Tonga are one in Hindi.
     */
    static String folded(String text) {
        return OTHERS.matcher(latin(text).toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
