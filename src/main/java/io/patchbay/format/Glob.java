package io.patchbay.format;

import com.google.re2j.Pattern;

/**
 * Names that a pattern means: {@code *} and {@code ?} stand for characters, {@code {a,b}} for a choice. A name that begins with
 * a dot (a hidden file, one that is still being written) is meant only by a pattern that does too.
 */
public final class Glob {

    private final Pattern pattern;
    private final boolean dotted;

    /** A pattern; every text is one. */
    public Glob(String text) {
        this.dotted = text.startsWith(".");
        this.pattern = Pattern.compile(regex(text), Pattern.DOTALL);
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '{' -> {
                    depth++;
                    regex.append("(?:");
                }
                case '}' -> {
                    regex.append(depth > 0 ? ")" : "\\}");
                    depth = Math.max(0, depth - 1);
                }
                case ',' -> regex.append(depth > 0 ? "|" : ",");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.append(")".repeat(depth)).toString();
    }

    /** Whether a name is meant. */
    public boolean means(String name) {
        return (dotted || !name.startsWith(".")) && pattern.matcher(name).matches();
    }
}
