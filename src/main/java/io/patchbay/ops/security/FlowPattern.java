package io.patchbay.ops.security;

import java.util.regex.Pattern;

/** Patterns of flows: an id, in which {@code *} stands for any characters. */
public final class FlowPattern {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9*@._-]{1,100}");

    private FlowPattern() {}

    /** Whether a text is such a pattern. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether a flow's id fits. */
    static boolean fits(String pattern, String flow) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(flow);
        }
        String last = parts[parts.length - 1];
        if (!flow.startsWith(parts[0]) || !flow.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = flow.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at <= flow.length() - last.length();
    }
}
