package io.patchbay.route.folder;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.script.Script;
import io.patchbay.script.ScriptException;
import io.patchbay.script.ScriptException.Kind;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.ScriptLibrary.Source;
import io.patchbay.script.Scripts;
import io.patchbay.script.language.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scripts of flows: {@code routes/scripts/NAME.js}. What is wrong with a script stands in its file; the flows that use
 * it say so too, and keep their last good version with the text that the script had then. Used by one thread at a time.
 */
public final class ScriptFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*\\.[a-z]+");
    private static final int LARGEST = 256 * 1024;

    private final Scripts scripts;
    private final Map<String, Read> read = new HashMap<>();

    /** What was found in one version of a file. */
    private record Read(
            String sha256, List<Problem> problems, @Nullable ScriptException unreadable) {}

    /**
     * All scripts.
     *
     * @param library those there are, good or not
     * @param problems what is wrong with files
     */
    public record Library(ScriptLibrary library, List<Problem> problems) {
        public Library {
            problems = List.copyOf(problems);
        }
    }

    /** Files whose scripts are run by these. */
    public ScriptFiles(Scripts scripts) {
        this.scripts = scripts;
    }

    /** Reads the scripts there are now; files that did not change are not read again. */
    public Library read(List<SourceFile> files) {
        read.keySet().retainAll(files.stream().map(SourceFile::path).toList());
        Map<String, String> paths = new HashMap<>();
        List<Source> sources = new ArrayList<>();
        Map<String, ScriptException> unreadable = new HashMap<>();
        Problems problems = new Problems();
        for (SourceFile file : files) {
            Read before = read.get(file.path());
            Read now = before != null && before.sha256().equals(file.sha256()) ? before : reading(file);
            read.put(file.path(), now);
            problems.addAll(now.problems());
            String name = name(file);
            String other = paths.putIfAbsent(name, file.path());
            if (other != null) {
                problems.error(
                        Location.of(file.path()),
                        "DUPLICATE_SCRIPT",
                        "script '" + name + "' is taken by " + other,
                        "give this file another name");
            } else {
                sources.add(new Source(name, file.path(), file.text()));
                if (now.unreadable() != null) {
                    unreadable.put(name, now.unreadable());
                }
            }
        }
        return new Library(new ScriptLibrary(sources, scripts, unreadable), problems.list());
    }

    private static String name(SourceFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    private Read reading(SourceFile file) {
        Problems problems = new Problems();
        ScriptException unreadable = null;
        if (!NAME.matcher(name(file)).matches()) {
            problems.error(
                    Location.of(file.path()),
                    "BAD_NAME",
                    "script name '" + name(file) + "' must hold letters, digits, - and _ only",
                    "rename the file");
        } else if (file.text().length() > LARGEST) {
            problems.error(
                    Location.of(file.path()),
                    "FILE_TOO_LARGE",
                    "the script has more than " + LARGEST / 1024 + " KB",
                    "what is data belongs into a lookup table");
        } else if (Language.ofFile(name(file)).isEmpty()) {
            unreadable = check(file, problems); // an expression is read where it is used: it may be a part of another
        }
        return new Read(file.sha256(), problems.list(), unreadable);
    }

    /** What is wrong with the file as a whole, or null. Which functions are called is up to those who use it. */
    private @Nullable ScriptException check(SourceFile file, Problems problems) {
        try {
            scripts.check(new Script(file.path(), file.text(), Script.HANDLE));
            return null;
        } catch (ScriptException e) {
            if (e.kind() == Kind.NOT_A_FUNCTION) {
                return null;
            }
            problems.error(
                    new Location(e.file(), e.line(), e.line() > 0 ? 1 : 0),
                    "BAD_SCRIPT",
                    e.type() == null ? e.reason() : e.type() + ": " + e.reason(),
                    e.hint(Script.HANDLE));
            return e;
        }
    }
}
