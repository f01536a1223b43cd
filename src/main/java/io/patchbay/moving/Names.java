package io.patchbay.moving;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of ours for names of others: ids in kebab-case, each once. A name of a file or folder never leads anywhere. */
final class Names {

    private static final int LONGEST = 50;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> given = new HashMap<>();

    /** The name for a thing, the same whenever it is asked for. */
    String of(String thing, String name, String otherwise) {
        return given.computeIfAbsent(thing, one -> free(kebab(name, otherwise)));
    }

    /** This name, or with a number behind it where it is taken. */
    String free(String name) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    static String kebab(String text, String otherwise) {
        String words = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-+$", "");
        String cut = words.length() > LONGEST ? words.substring(0, LONGEST).replaceAll("-+$", "") : words;
        return cut.isEmpty() ? otherwise : cut;
    }

    /** A name of a variable, letters, digits and underscores. */
    static String variable(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^([0-9])", "_$1");
        String cut = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return cut.isEmpty() ? "_" : cut;
    }

    /** A name of a secret: capitals, digits and underscores. */
    static String secret(String text) {
        String name = variable(text.replaceAll("([a-z0-9])([A-Z])", "$1_$2"))
                .toUpperCase(Locale.ROOT)
                .replaceAll("_+", "_");
        return name.startsWith("_") || name.isEmpty() ? "S" + name : name;
    }
}
