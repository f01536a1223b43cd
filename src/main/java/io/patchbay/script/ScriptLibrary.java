package io.patchbay.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.script.Scripts.Answer;
import io.patchbay.script.Scripts.Answers;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of flows, as files held them at one moment, and what runs them. Immutable: a flow that was deployed with it goes on
 * with the texts it had.
 */
public final class ScriptLibrary {

    /** Without scripts. */
    public static final ScriptLibrary NONE = new ScriptLibrary(List.of(), null);

    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, ScriptException> unreadable;
    private final @Nullable Scripts scripts;

    /**
     * The file of a script.
     *
     * @param name what flows call it: {@code tidy.js}
     * @param path what messages call it: {@code routes/scripts/tidy.js}
     * @param text its content
     */
    public record Source(String name, String path, String text) {}

    /** These scripts, run by those. */
    public ScriptLibrary(Collection<Source> sources, @Nullable Scripts scripts) {
        this(sources, scripts, Map.of());
    }

    /**
     * These scripts, run by those.
     *
     * @param unreadable by name, those whose file was read and is wrong as a whole: whoever uses one is told at once, for to
     *     read it again may take as long as it took before
     */
    public ScriptLibrary(
            Collection<Source> sources, @Nullable Scripts scripts, Map<String, ScriptException> unreadable) {
        sources.forEach(source -> this.sources.put(source.name(), source));
        this.scripts = scripts;
        this.unreadable = Map.copyOf(unreadable);
    }

    /** The same with some scripts as they were. */
    public ScriptLibrary keeping(Collection<Source> kept) {
        List<Source> all = new ArrayList<>(sources.values());
        all.addAll(kept);
        Map<String, ScriptException> others = new TreeMap<>(unreadable);
        kept.forEach(source -> others.remove(source.name()));
        return new ScriptLibrary(all, scripts, others);
    }

    /** Names of all scripts. */
    public Set<String> names() {
        return Set.copyOf(sources.keySet());
    }

    /** The file of a name. */
    public Optional<Source> source(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    /**
     * The file of a name and those that it may import: files of the same language whose names stand in it in quotes, with or
     * without the ending, and so on. A few more than it does import do no harm.
     */
    public List<Source> used(String name) {
        Map<String, Source> found = new TreeMap<>();
        use(name, found);
        return List.copyOf(found.values());
    }

    private void use(String name, Map<String, Source> found) {
        Source source = sources.get(name);
        if (source == null || found.putIfAbsent(name, source) != null) {
            return;
        }
        Optional<Language> language = Language.ofFile(name);
        for (String other : language.isEmpty() ? Set.<String>of() : sources.keySet()) {
            String stem = other.substring(0, other.lastIndexOf('.'));
            if (Language.ofFile(other).equals(language)
                    && (quoted(source.text(), other) || quoted(source.text(), stem))) {
                use(other, found);
            }
        }
    }

    private static boolean quoted(String text, String name) {
        return text.contains("\"" + name + "\"") || text.contains("'" + name + "'");
    }

    /** Reads a script and sees whether the function is there. @throws ScriptException when it cannot be used */
    public void check(String name, String function) throws ScriptException {
        ScriptException known = unreadable.get(name);
        if (known != null) {
            throw known;
        }
        runner().check(script(name, function));
    }

    /** Calls a function. @throws ScriptException when it gives no value within its limits */
    public Answer call(String name, String function, Bounds bounds, JsonNode data) throws ScriptException {
        return runner().call(script(name, function), bounds, data);
    }

    /** Calls a function with one record after the other. @throws ScriptException when it cannot within its limits */
    public Answers each(String name, String function, Bounds bounds, ObjectNode shared, List<JsonNode> records)
            throws ScriptException {
        return runner().each(script(name, function), bounds, shared, records);
    }

    /** The script of a name and a function. @throws IllegalArgumentException when there is none of that name */
    public Script script(String name, String function) {
        Source source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException("there is no script '" + name + "'");
        }
        return new Script(source.path(), source.text(), function);
    }

    /** What runs them. @throws IllegalStateException when nothing does */
    public Scripts runner() {
        Scripts running = scripts;
        if (running == null) {
            throw new IllegalStateException("nothing runs scripts here");
        }
        return running;
    }
}
