package io.patchbay.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
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
import java.util.stream.Stream;

/**
 * Replaces every known secret in a text by {@code ***}: as it is, URL-encoded, as a JSON string, escaped for HTML and XML (each in
 * any way, up to three times, and mixed), in base 64 (also inside a longer encoded text) and in hexadecimal. Of a long one the
 * first half is enough, for texts that were cut. A text without a secret comes back as it is, after one pass over it
 * whatever the number of secrets. A value of a few characters would take ordinary words and numbers out of every text: it is
 * not looked for, and a line in the log says so. Safe for use by several threads.
 */
public final class Redactor {

    private static final System.Logger LOG = System.getLogger(Redactor.class.getName());

    private static final String HIDDEN = "***";
    private static final int SHORTEST = 6;
    private static final int KEPT_PER_SOURCE = 3;

    /** So often a text may be escaped over again, and so often what stands in a value may look like an escape. */
    private static final int LAYERS = 3;

    /** A beginning is looked for of values that have at least so many characters, and is itself at least that long. */
    private static final int LONG = 16;

    private static final int SHORTEST_BEGINNING = 12;

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
        whole(value).filter(Redactor::cut).forEach(one -> index.addBeginning(beginning(one), one));
        if (values.size() > KEPT_PER_SOURCE) {
            String gone = values.removeFirst();
            forms(gone).forEach(index::remove);
            whole(gone).filter(Redactor::cut).forEach(one -> index.removeBeginning(beginning(one), one));
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
        BitSet hidden = index.find(text);
        if (Unescaped.in(text) && !index.isEmpty()) {
            Unescaped layer = Unescaped.plain(text).further();
            for (int i = 0; layer != null && i < 2 * LAYERS; i++) {
                BitSet found = index.find(layer.text());
                for (int at = found.nextSetBit(0); at >= 0; at = found.nextSetBit(at + 1)) {
                    hidden.set(layer.from(at), layer.to(at));
                }
                layer = layer.further();
            }
        }
        return hidden.isEmpty() ? text : without(text, hidden);
    }

    private static String without(String text, BitSet hidden) {
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(at)) {
            result.append(text, at, from).append(HIDDEN);
            at = hidden.nextClearBit(from);
        }
        return result.append(text, at, text.length()).toString();
    }

    /** Keys in PEM all begin alike. */
    private static boolean cut(String value) {
        return value.length() >= LONG && !value.startsWith("-----");
    }

    private static String beginning(String value) {
        return value.substring(0, Math.max(SHORTEST_BEGINNING, value.length() / 2));
    }

    /**
     * The value as it stands where escapes are taken away. Its own characters may look like escapes, like {@code %41}: in a text that is
     * escaped in another way they go as well, so that what is left of both is compared. A form has {@code +} for its blanks.
     */
    private static Stream<String> whole(String value) {
        return Stream.of(value, value.replace(' ', '+'))
                .flatMap(one -> Stream.of(one, withoutEscapes(one)))
                .distinct();
    }

    private static String withoutEscapes(String value) {
        Unescaped last = Unescaped.plain(value);
        for (int i = 0; i < LAYERS; i++) {
            Unescaped further = last.further();
            if (further == null) {
                break;
            }
            last = further;
        }
        return last.text();
    }

    private static Set<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        whole(value).forEach(forms::add);
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(encoded);
        if (!encoded.equals(value)) {
            // As OAuth's clients prove themselves (RFC 6749 section 2.3.1).
            addBase64(encoded.getBytes(StandardCharsets.UTF_8), forms);
        }
        for (String between : List.of("", ":", " ", "-")) {
            forms.add(HexFormat.ofDelimiter(between).formatHex(bytes));
            forms.add(HexFormat.ofDelimiter(between).withUpperCase().formatHex(bytes));
        }
        addBase64(bytes, forms);
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    private static void addBase64(byte[] bytes, Set<String> forms) {
        for (int shift = 0; shift < 3; shift++) {
            for (String inside : List.of(base64(bytes, shift), base64Ending(bytes, shift))) {
                forms.add(inside);
                forms.add(inside.replace('+', '-').replace('/', '_'));
            }
        }
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
        private final Map<String, Set<String>> byBeginning = new ConcurrentHashMap<>();

        void addBeginning(String beginning, String value) {
            add(beginning);
            byBeginning
                    .computeIfAbsent(beginning, any -> ConcurrentHashMap.newKeySet())
                    .add(value);
        }

        void removeBeginning(String beginning, String value) {
            remove(beginning);
            byBeginning.computeIfPresent(beginning, (any, values) -> {
                values.remove(value);
                return values.isEmpty() ? null : values;
            });
        }

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

        boolean isEmpty() {
            return byStart.isEmpty();
        }

        /** The places of the characters that belong to secrets. */
        BitSet find(String text) {
            BitSet found = new BitSet();
            int at = byStart.isEmpty() ? text.length() : 0;
            while (at + SHORTEST <= text.length()) {
                int length = found(text, at);
                found.set(at, at + length);
                at += Math.max(1, length);
            }
            return found;
        }

        /** How much longer a beginning goes on as the value does. */
        private int further(String beginning, String text, int at) {
            int most = 0;
            for (String value : byBeginning.getOrDefault(beginning, Set.of())) {
                int same = beginning.length();
                while (same < value.length()
                        && at + same < text.length()
                        && value.charAt(same) == text.charAt(at + same)) {
                    same++;
                }
                most = Math.max(most, same - beginning.length());
            }
            return most;
        }

        private int found(String text, int at) {
            int hash = hash(text, at);
            if ((filter.get(hash >> 6) & 1L << (hash & 63)) == 0) {
                return 0;
            }
            for (Map.Entry<Integer, Set<String>> alike :
                    byStart.getOrDefault(hash, NONE).entrySet()) {
                int length = alike.getKey();
                if (at + length > text.length()) {
                    continue;
                }
                String piece = text.substring(at, at + length);
                if (alike.getValue().contains(piece)) {
                    return length + further(piece, text, at);
                }
            }
            return 0;
        }
    }
}
