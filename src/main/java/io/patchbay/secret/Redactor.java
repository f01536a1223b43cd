package io.patchbay.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Replaces every known secret in a text by {@code ***}: as it is, URL-encoded, as a JSON string, escaped for HTML and XML, in
 * base 64 (also inside a longer encoded text) and in hexadecimal. A text without a secret comes back as it is, after one pass over it
 * whatever the number of secrets. A value of a few characters would take ordinary words and numbers out of every text: it is
 * not looked for, and a line in the log says so. Safe for use by several threads.
 */
public final class Redactor {

    private static final System.Logger LOG = System.getLogger(Redactor.class.getName());

    private static final String HIDDEN = "***";
    private static final int SHORTEST = 6;
    private static final int KEPT_PER_SOURCE = 3;

    /** Characters that HTML and XML escape, and the usual ways to do it. */
    private static final String SPECIAL = "&<>\"'";

    private static final List<List<String>> MARKUP = List.of(
            List.of("&amp;", "&lt;", "&gt;", "&quot;", "&#39;"),
            List.of("&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"),
            List.of("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"),
            List.of("&amp;", "&lt;", "&gt;", "\"", "'"),
            List.of("&#38;", "&#60;", "&#62;", "&#34;", "&#39;"),
            List.of("&#x26;", "&#x3c;", "&#x3e;", "&#x22;", "&#x27;"),
            List.of("&#x26;", "&#x3C;", "&#x3E;", "&#x22;", "&#x27;"));

    private final Map<String, Deque<String>> known = new HashMap<>();
    private final Set<String> tooShort = ConcurrentHashMap.newKeySet();
    private final Index index = new Index();

    /**
     * Makes a value known. Of one source the last few values are kept, so that a token that is renewed every hour does not
     * fill the memory; values of less than six characters are not looked for. Takes the same time however many are known.
     *
     * @param source what the value belongs to, like the secret's name
     */
    public synchronized void learn(String source, String value) {
        if (value.length() < SHORTEST) {
            return;
        }
        Deque<String> values = known.computeIfAbsent(source, any -> new ArrayDeque<>());
        if (values.contains(value)) {
            return;
        }
        values.addLast(value);
        forms(value).forEach(index::add);
        if (values.size() > KEPT_PER_SOURCE) {
            forms(values.removeFirst()).forEach(index::remove);
        }
    }

    /** Makes a value known that a person chose; one that is too short to be looked for is told of, once. */
    public void learnChosen(String source, String value) {
        if (value.length() < SHORTEST && !value.isEmpty() && tooShort.add(source)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the secret {0} has fewer than {1} characters: it cannot be told from ordinary text and is not masked in"
                            + " logs, records and answers; take a longer one",
                    source,
                    SHORTEST);
        }
        learn(source, value);
    }

    /** The text without secrets. */
    public String redact(String text) {
        return index.redact(text);
    }

    private static Set<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"));
        forms.add(json(value));
        forms.add(json(value).replace("/", "\\/"));
        for (List<String> escapes : MARKUP) {
            forms.add(markup(value, escapes));
            forms.add(markup(json(value), escapes));
        }
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            for (String inside : List.of(base64(bytes, shift), base64Ending(bytes, shift))) {
                forms.add(inside);
                forms.add(inside.replace('+', '-').replace('/', '_'));
            }
        }
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    private static String json(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c < ' ' ? String.format("\\u%04x", (int) c) : c);
            }
        }
        return text.toString();
    }

    private static String markup(String value, List<String> escapes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            int special = SPECIAL.indexOf(value.charAt(i));
            text.append(special < 0 ? String.valueOf(value.charAt(i)) : escapes.get(special));
        }
        return text.toString();
    }

    /** The characters of base 64 that come from these bytes alone when they stand at this place of a longer text. */
    private static String base64(byte[] bytes, int shift) {
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (shift * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return from < to ? whole.substring(from, to) : "";
    }

    /** The same where the encoded text ends with these bytes. */
    private static String base64Ending(byte[] bytes, int shift) {
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        return Base64.getEncoder().encodeToString(shifted).substring((shift * 8 + 5) / 6);
    }

    /** Finds the forms by the hash of their first three characters and their length, the longest first; changed under the lock of who knows them, read without. */
    private static final class Index {
        private static final ConcurrentNavigableMap<Integer, Set<String>> NONE = new ConcurrentSkipListMap<>();

        private final AtomicLongArray filter = new AtomicLongArray(1 << 10);
        private final Map<Integer, ConcurrentNavigableMap<Integer, Set<String>>> byStart = new ConcurrentHashMap<>();
        private final Map<String, Integer> uses = new HashMap<>();

        void add(String form) {
            if (uses.merge(form, 1, Integer::sum) > 1) {
                return;
            }
            int hash = hash(form, 0);
            byStart.computeIfAbsent(hash, any -> new ConcurrentSkipListMap<>(Comparator.reverseOrder()))
                    .computeIfAbsent(form.length(), any -> ConcurrentHashMap.newKeySet())
                    .add(form);
            filter.set(hash >> 6, filter.get(hash >> 6) | 1L << (hash & 63));
        }

        /** What is found by the filter alone is looked for in vain. */
        void remove(String form) {
            if (uses.merge(form, -1, Integer::sum) > 0) {
                return;
            }
            uses.remove(form);
            var byLength = byStart.getOrDefault(hash(form, 0), NONE);
            Set<String> alike = byLength.get(form.length());
            if (alike != null && alike.remove(form) && alike.isEmpty()) {
                byLength.remove(form.length());
            }
        }

        private static int hash(String text, int at) {
            int mixed = (text.charAt(at) * 31 + text.charAt(at + 1)) * 31 + text.charAt(at + 2);
            return (mixed ^ mixed >>> 16) & 0xffff;
        }

        String redact(String text) {
            if (byStart.isEmpty()) {
                return text;
            }
            StringBuilder result = null;
            int copied = 0;
            int at = 0;
            while (at + SHORTEST <= text.length()) {
                int length = found(text, at);
                if (length == 0) {
                    at++;
                    continue;
                }
                result = result == null ? new StringBuilder(text.length()) : result;
                result.append(text, copied, at).append(HIDDEN);
                at += length;
                copied = at;
            }
            return result == null
                    ? text
                    : result.append(text, copied, text.length()).toString();
        }

        private int found(String text, int at) {
            int hash = hash(text, at);
            if ((filter.get(hash >> 6) & 1L << (hash & 63)) == 0) {
                return 0;
            }
            for (Map.Entry<Integer, Set<String>> alike :
                    byStart.getOrDefault(hash, NONE).entrySet()) {
                int length = alike.getKey();
                if (at + length <= text.length() && alike.getValue().contains(text.substring(at, at + length))) {
                    return length;
                }
            }
            return 0;
        }
    }
}
