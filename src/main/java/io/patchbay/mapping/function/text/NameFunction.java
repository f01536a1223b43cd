package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of people, taken apart by rule of thumb: no library does more, and every one of them errs. */
final class NameFunction {

    private static final Set<String> TITLES = Set.of(
            "mr",
            "mrs",
            "ms",
            "miss",
            "mx",
            "dr",
            "prof",
            "sir",
            "dame",
            "lord",
            "lady",
            "rev",
            "herr",
            "frau",
            "mme",
            "mlle",
            "monsieur",
            "madame",
            "sr",
            "sra",
            "señor",
            "señora",
            "dhr",
            "mevr");

    private static final Set<String> SUFFIXES =
            Set.of("jr", "jnr", "snr", "ii", "iii", "iv", "phd", "md", "esq", "obe", "mbe");

    private static final Set<String> PARTICLES = Set.of(
            "van", "von", "de", "del", "della", "der", "den", "di", "da", "dos", "du", "la", "le", "ten", "ter", "zu",
            "bin", "ibn", "al", "el", "af", "av", "mac", "st", "st.");

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "splitName",
                            "A person's name as an object with `first` and `last`, and with `title`, `middle` and `suffix` where"
                                    + " there are such. A comma stands between last and first name. Words like `van` or `de la`"
                                    + " belong to the last name. A single word is the last name, or the first with `single:"
                                    + " first`. Names do not follow rules: what this gets wrong no function can mend.")
                    .from(ValueKind.TEXTS, ValueKind.OBJECT)
                    .example(
                            "splitName",
                            "\"Dr. Ann Mary Archer\"",
                            "{ title: Dr., first: Ann, middle: Mary, last: Archer }")
                    .example("splitName", "\"de la Cruz, Ana\"", "{ first: Ana, last: de la Cruz }")
                    .example("splitName", "\"Ludwig van Beethoven\"", "{ first: Ludwig, last: van Beethoven }"),
            NameSettings.class,
            settings -> (value, record, scope) -> split(Found.text(value), settings));

    /** Which name a single word is. */
    enum Single {
        /** The first. */
        FIRST,
        /** The last. */
        LAST
    }

    /** Settings. */
    @Doc("What a single word is")
    record NameSettings(
            @Doc("first or last") @Default("last") Single single) {}

    private NameFunction() {}

    private static ObjectNode split(String text, NameSettings settings) {
        int comma = text.indexOf(',');
        String after = comma < 0 ? "" : text.substring(comma + 1).strip();
        boolean turned = comma > 0 && !after.isEmpty() && !SUFFIXES.contains(bare(after));
        Deque<String> words = words(turned ? after : text.replace(',', ' '));
        List<String> titles = new ArrayList<>();
        while (words.size() > (turned ? 0 : 1) && TITLES.contains(bare(words.getFirst()))) {
            titles.add(words.removeFirst());
        }
        Deque<String> suffixes = new ArrayDeque<>();
        while (words.size() > 1 && SUFFIXES.contains(bare(words.getLast()))) {
            suffixes.addFirst(words.removeLast());
        }
        String last = turned ? PlainText.squeezed(text.substring(0, comma)) : last(words, settings);
        ObjectNode name = Json.NODES.objectNode();
        put(name, "title", titles);
        put(name, "first", words.isEmpty() ? List.of() : List.of(words.removeFirst()));
        put(name, "middle", words);
        put(name, "last", last.isEmpty() ? List.of() : List.of(last));
        put(name, "suffix", suffixes);
        return name;
    }

    private static String last(Deque<String> words, NameSettings settings) {
        if (words.isEmpty() || (words.size() == 1 && settings.single() == Single.FIRST)) {
            return "";
        }
        Deque<String> last = new ArrayDeque<>(List.of(words.removeLast()));
        while (words.size() > 1 && PARTICLES.contains(words.getLast().toLowerCase(Locale.ROOT))) {
            last.addFirst(words.removeLast());
        }
        return String.join(" ", last);
    }

    private static Deque<String> words(String text) {
        String squeezed = PlainText.squeezed(text);
        return squeezed.isEmpty() ? new ArrayDeque<>() : new ArrayDeque<>(List.of(squeezed.split(" ", -1)));
    }

    private static String bare(String word) {
        return word.replace(".", "").toLowerCase(Locale.ROOT);
    }

    private static void put(ObjectNode name, String key, Iterable<String> words) {
        String text = String.join(" ", words);
        if (!text.isEmpty()) {
            name.put(key, text);
        }
    }
}
