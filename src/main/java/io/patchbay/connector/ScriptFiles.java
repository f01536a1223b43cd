package io.patchbay.connector;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.script.Script;
import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Code in the folder of a connector. It is part of the connector: its hash is over it, too. */
final class ScriptFiles {

    private static final int LARGEST = 256 * 1024;
    private static final Pattern NAME =
            Pattern.compile("(\\./)?([A-Za-z0-9_-][A-Za-z0-9._-]*/){0,5}[A-Za-z0-9_-][A-Za-z0-9._-]*\\.(js|py)");

    /** For files that name no others. */
    static final ScriptFiles NONE = new ScriptFiles(Path.of(""), "", new Scripts(ScriptsProperties.DEFAULT));

    private final Path folder;
    private final String shown;
    private final Scripts scripts;
    private final Map<String, String> texts = new TreeMap<>();

    /**
     * Files of a folder.
     *
     * @param shown the folder as people know it
     * @param scripts reads scripts
     */
    ScriptFiles(Path folder, String shown, Scripts scripts) {
        this.folder = folder;
        this.shown = shown;
        this.scripts = scripts;
    }

    /** The script in a file, or null with a problem. */
    @Nullable
    Script script(String file, String function, Location at, Problems problems) {
        if (!NAME.matcher(file).matches()) {
            problems.error(
                    at,
                    "BAD_PATH",
                    "'" + file + "' is not the path of a script in the connector's folder",
                    "like ./next.js: below the folder, with the ending .js or .py");
            return null;
        }
        String name = file.startsWith("./") ? file.substring(2) : file;
        String text = texts.containsKey(name) ? texts.get(name) : text(name, at, problems);
        if (text == null) {
            return null;
        }
        texts.put(name, text);
        Script script = new Script(shown + "/" + name, text, function);
        try {
            scripts.check(script);
            return script;
        } catch (ScriptException e) {
            problems.error(
                    new Location(e.file(), e.line(), e.line() > 0 ? 1 : 0),
                    "BAD_SCRIPT",
                    e.type() == null ? e.reason() : e.type() + ": " + e.reason(),
                    e.hint(function));
            return null;
        }
    }

    private @Nullable String text(String name, Location at, Problems problems) {
        Path file = folder.resolve(name);
        try {
            if (!Files.isRegularFile(file)) {
                problems.error(at, "NO_FILE", "there is no file '" + name + "' in the connector's folder", null);
            } else if (!file.toRealPath().startsWith(folder.toRealPath())) {
                problems.error(
                        at, "OUTSIDE", "'" + name + "' is a link that leads out of the connector's folder", null);
            } else if (Files.size(file) > LARGEST) {
                problems.error(at, "FILE_TOO_LARGE", "'" + name + "' has more than " + LARGEST + " bytes", null);
            } else {
                return Files.readString(file, StandardCharsets.UTF_8);
            }
        } catch (CharacterCodingException e) {
            problems.error(at, "NOT_UTF8", "'" + name + "' is not UTF-8", null);
        } catch (IOException e) {
            problems.error(at, "UNREADABLE", "'" + name + "' cannot be read", null);
        }
        return null;
    }

    /** What was read, by the names of the files. */
    Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** What was read, as one text: another one is another connector. */
    String content() {
        StringBuilder all = new StringBuilder();
        texts.forEach((name, text) -> all.append('\n')
                .append(name)
                .append('\n')
                .append(text.length())
                .append('\n')
                .append(text));
        return all.toString();
    }
}
