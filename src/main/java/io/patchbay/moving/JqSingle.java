package io.patchbay.moving;

/** Whether an expression in jq is one object, whatever it is given. */
final class JqSingle {

    private JqSingle() {}

    /**
     * Whether the text is one pair of braces around members, in which what may give several values stands in brackets that gather them,
     * and nothing may give none.
     */
    static boolean object(String expression) {
        String text = expression.strip().replaceAll("\"(?:[^\"\\\\(]|\\\\[^(])*\"", "\"\"");
        if (!text.startsWith("{") || text.contains("\\(") || text.contains("#")) {
            return false;
        }
        int braces = 0;
        int lists = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '{' -> braces++;
                case '}' -> {
                    if (--braces == 0 && i < text.length() - 1) {
                        return false;
                    }
                }
                case '[' -> {
                    boolean iterates = text.startsWith("[]", i) && i > 0 && !opens(text, i);
                    if (iterates && lists == 0) {
                        return false;
                    }
                    lists++;
                }
                case ']' -> lists--;
                default -> {
                    if (lists == 0 && Character.isLetter(c) && !name(text, i)) {
                        return false;
                    }
                }
            }
        }
        return braces == 0;
    }

    /** Whether a bracket begins a list, and is not behind a path. */
    private static boolean opens(String text, int at) {
        String before = text.substring(0, at).stripTrailing();
        return before.isEmpty() || ":,([|=+".indexOf(before.charAt(before.length() - 1)) >= 0;
    }

    /** Whether a letter belongs to a member's name, or to a word that gives one value. */
    private static boolean name(String text, int at) {
        int from = at;
        while (from > 0 && (Character.isLetterOrDigit(text.charAt(from - 1)) || text.charAt(from - 1) == '_')) {
            from--;
        }
        int to = at;
        while (to < text.length() && (Character.isLetterOrDigit(text.charAt(to)) || text.charAt(to) == '_')) {
            to++;
        }
        String word = text.substring(from, to);
        boolean member = from > 0 && text.charAt(from - 1) == '.';
        boolean key = text.substring(to).stripLeading().startsWith(":");
        return member
                || key
                || word.matches(
                        "true|false|null|tostring|tonumber|length|add|ascii_downcase|ascii_upcase|keys|join|map|not");
    }
}
