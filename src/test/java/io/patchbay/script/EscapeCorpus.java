package io.patchbay.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.script.ScriptException.Kind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scripts that want out, or want everything: the files in {@code escape}. Their first line says how a call of {@code handle}
 * with a payload ends: {@code ends: KIND}, or {@code ends: {…}} with what it returns where that does no harm.
 */
public final class EscapeCorpus {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EscapeCorpus() {}

    /**
     * One of them.
     *
     * @param file its name
     * @param text its text
     * @param ends how it fails; null when it does not
     * @param gives what it returns; null when it fails
     */
    public record Attempt(
            String file,
            String text,
            @Nullable Kind ends,
            @Nullable JsonNode gives) {

        Script script() {
            return new Script(file, text, Script.HANDLE);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** Those in JavaScript. */
    public static List<Attempt> javaScript() throws IOException, URISyntaxException {
        return all(".js", "// ends: ");
    }

    /** Those in Python. */
    public static List<Attempt> python() throws IOException, URISyntaxException {
        return all(".py", "# ends: ");
    }

    private static List<Attempt> all(String suffix, String mark) throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(EscapeCorpus.class.getResource("escape")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .map(file -> attempt(file, mark))
                    .toList();
        }
    }

    private static Attempt attempt(Path file, String mark) {
        try {
            String text = Files.readString(file);
            String first = text.lines().findFirst().orElse("");
            if (!first.startsWith(mark)) {
                throw new IllegalStateException(file + " must begin with '" + mark + "'");
            }
            String ends = first.substring(mark.length());
            boolean harmless = ends.startsWith("{");
            return new Attempt(
                    String.valueOf(file.getFileName()),
                    text,
                    harmless ? null : Kind.valueOf(ends),
                    harmless ? JSON.readTree(ends) : null);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }
}
