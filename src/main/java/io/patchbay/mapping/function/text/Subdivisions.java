package io.patchbay.mapping.function.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** States, provinces and regions by ISO 3166-2, with the English names that the Unicode CLDR has: the JDK knows none. */
final class Subdivisions {

    private static final String FILE = "subdivisions.tsv";

    /** What the CLDR puts behind a name: signs of footnotes. */
    private static final Pattern MARKS = Pattern.compile("\\s*[\u00b9\u00b2\u00b3\u2020*]+$");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> codes = new HashMap<>();
    private final Map<String, String> marked = new HashMap<>();

    private Subdivisions() {
        try (InputStream file = Objects.requireNonNull(Subdivisions.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                if (tab > 0 && !line.startsWith("#")) {
                    add(line.substring(0, tab), line.substring(tab + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        marked.forEach(codes::putIfAbsent);
    }

    /** The CLDR marks a name that another subdivision of the country has or had, like {@code Île-de-France²}. */
    private void add(String code, String name) {
        String plain = MARKS.matcher(name).replaceFirst("");
        names.put(code, plain);
        (plain.equals(name) ? codes : marked).putIfAbsent(key(code.substring(0, 2), plain), code);
    }

    /** Read when the first map asks. */
    private static final class All {
        private static final Subdivisions OF_ALL = new Subdivisions();
    }

    /** The code, like {@code US-CA}, for a code with or without its country, or a name; null when there is none. */
    static @Nullable String find(String country, String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        String whole = upper.startsWith(country + "-") ? upper : country + "-" + upper;
        return All.OF_ALL.names.containsKey(whole) ? whole : All.OF_ALL.codes.get(key(country, text));
    }

    /** All codes. */
    static Set<String> codes() {
        return Set.copyOf(All.OF_ALL.names.keySet());
    }

    /** The English name. */
    static String name(String code) {
        return Objects.requireNonNull(All.OF_ALL.names.get(code));
    }

    private static String key(String country, String name) {
        return country + "-" + Plain.folded(name);
    }
}
