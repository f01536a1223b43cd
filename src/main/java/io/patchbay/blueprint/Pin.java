package io.patchbay.blueprint;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which connector a blueprint was made with, as its file writes it: {@code 1.2.0}, or {@code 1.2.0 sha256:…} for these very files.
 *
 * @param digest of its files; null where any of that version will do
 */
record Pin(String version, @Nullable String digest) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6}){2})(?: +sha256:([0-9a-f]{64}))?");

    /** Reads one; empty for a text of another form. */
    static Optional<Pin> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Pin(form.group(1), form.group(2))) : Optional.empty();
    }

    /**
     * The digest of a connector's files.
     *
     * @param files texts by path, without its instances
     */
    static String digest(SortedMap<String, String> files) {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            all.append(file.getKey())
                    .append('\n')
                    .append(Hashes.sha256(file.getValue().getBytes(StandardCharsets.UTF_8)))
                    .append('\n');
        }
        return Hashes.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether these files are those that it means. */
    boolean fits(SortedMap<String, String> files) {
        return digest == null || digest.equals(digest(files));
    }

    @Override
    public String toString() {
        return version + (digest == null ? "" : " sha256:" + digest);
    }
}
