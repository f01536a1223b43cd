package io.patchbay.script.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What metered code calls in place of methods of {@link String} that look for a text in another. They take as long as the product of
 * both lengths, in one call: some megabytes would be hours. Results are the same.
 */
public final class Texts {

    private static final int SMALL = 1 << 20;
    private static final int PER_TICK = 4;

    private Texts() {}

    private static boolean small(String text, int other) {
        return (long) text.length() * other <= SMALL;
    }

    /** In place of {@link String#indexOf(String)}. */
    public static int indexOf(String text, String part) {
        return indexOf(text, part, 0);
    }

    /** In place of {@link String#indexOf(String, int)}. */
    public static int indexOf(String text, String part, int from) {
        if (part.isEmpty() || small(text, part.length())) {
            return text.indexOf(part, from);
        }
        int last = text.length() - part.length();
        for (int at = text.indexOf(part.charAt(0), from); at >= 0 && at <= last; at = next(text, part, at)) {
            if (begins(text, part, at)) {
                return at;
            }
        }
        return -1;
    }

    private static int next(String text, String part, int at) {
        return text.indexOf(part.charAt(0), at + 1);
    }

    private static boolean begins(String text, String part, int at) {
        Meter.ticks(1 + part.length() / PER_TICK);
        return text.startsWith(part, at);
    }

    /** In place of {@link String#lastIndexOf(String)}. */
    public static int lastIndexOf(String text, String part) {
        return lastIndexOf(text, part, text.length());
    }

    /** In place of {@link String#lastIndexOf(String, int)}. */
    public static int lastIndexOf(String text, String part, int from) {
        if (part.isEmpty() || small(text, part.length())) {
            return text.lastIndexOf(part, from);
        }
        int last = Math.min(from, text.length() - part.length());
        for (int at = last; at >= 0; at--) {
            at = text.lastIndexOf(part.charAt(0), at);
            if (at < 0 || begins(text, part, at)) {
                return at;
            }
        }
        return -1;
    }

    /** In place of {@link String#contains(CharSequence)}. */
    public static boolean contains(String text, CharSequence part) {
        return indexOf(text, part.toString(), 0) >= 0;
    }

    /** In place of {@link String#replace(CharSequence, CharSequence)}. */
    public static String replace(String text, CharSequence what, CharSequence by) {
        String part = what.toString();
        if (part.isEmpty()) {
            Meter.room((text.length() + 1L) * by.length());
            return text.replace(part, by);
        }
        if (small(text, part.length() + by.length())) {
            return text.replace(part, by);
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = indexOf(text, part, 0); at >= 0; at = indexOf(text, part, from)) {
            Meter.room((long) out.length() + by.length());
            Meter.tick();
            out.append(text, from, at).append(by);
            from = at + part.length();
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    /** The pieces of a text, empty ones at its end among them. */
    static String[] split(String text, String part) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int at = indexOf(text, part, 0); at >= 0; at = indexOf(text, part, from)) {
            Meter.tick();
            pieces.add(text.substring(from, at));
            from = at + part.length();
        }
        pieces.add(text.substring(from));
        return pieces.toArray(new String[0]);
    }

    /** In place of {@link String#join(CharSequence, Iterable)}. */
    public static String join(CharSequence between, Iterable<? extends CharSequence> parts) {
        if (parts instanceof Collection<?> all) {
            Calls.measured(all);
            Meter.room((long) all.size() * between.length());
        }
        return String.join(between, parts);
    }
}
