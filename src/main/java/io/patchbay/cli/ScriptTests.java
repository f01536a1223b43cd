package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Differences;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.script.Script;
import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the tests of scripts: {@code routes/scripts/NAME.test.yaml} beside {@code NAME.js} or {@code NAME.py}. */
final class ScriptTests {

    private static final String ENDING = ".test.yaml";

    private final Scripts scripts;

    /** Tests of scripts that these run. */
    ScriptTests(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * What came of a case.
     *
     * @param name what the case is called
     * @param at where it stands
     * @param wrong what was otherwise than expected, a sentence each; empty when it passed
     * @param came what it did
     */
    record Result(String name, Location at, List<String> wrong, Came came) {
        Result {
            wrong = List.copyOf(wrong);
        }

        boolean passed() {
            return wrong.isEmpty();
        }
    }

    /**
     * What a call did.
     *
     * @param value what it returned; null when it ended with an error
     * @param log the lines that it logged
     * @param error what the error says; null when there was none
     */
    record Came(
            @Nullable JsonNode value,
            List<String> log,
            @Nullable String error) {
        Came {
            log = List.copyOf(log);
        }
    }

    /**
     * What came of a file.
     *
     * @param problems what is wrong with the file itself; then no case was run
     */
    record Results(List<Result> cases, List<Problem> problems) {
        Results {
            cases = List.copyOf(cases);
            problems = List.copyOf(problems);
        }
    }

    /** Whether a file holds tests of a script. */
    static boolean tests(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return file.toString().endsWith(ENDING)
                && folder != null
                && String.valueOf(folder.getFileName()).equals("scripts");
    }

    /**
     * Runs a file.
     *
     * @param root the folder that messages name files from
     */
    Results run(Path root, Path file) {
        String shown = shown(root, file);
        Problems problems = new Problems();
        Node node = new YamlReader().read(shown, text(file), problems).orElse(null);
        ScriptTestConfig config =
                node == null ? null : new Binder(Map.of()).bind(node, ScriptTestConfig.class, problems);
        Path python = file.resolveSibling(name(file) + ".py");
        Path code = file.resolveSibling(name(file) + ".js");
        if (Files.isRegularFile(python)) {
            if (Files.isRegularFile(code)) {
                problems.error(
                        Location.of(shown),
                        "AMBIGUOUS",
                        "these tests stand beside '" + code.getFileName() + "' and '" + python.getFileName() + "'",
                        "give one of the scripts another name");
            }
            code = python;
        }
        if (config != null && !Files.isRegularFile(code)) {
            problems.error(
                    Location.of(shown),
                    "NO_FILE",
                    "there is no script '" + code.getFileName() + "' or '" + python.getFileName()
                            + "' beside these tests",
                    "tests of tidy.js stand in tidy.test.yaml");
        }
        if (node == null || config == null || problems.anyError()) {
            return new Results(List.of(), problems.list());
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < config.cases().size(); i++) {
            ScriptTestConfig.Case one = config.cases().get(i);
            String function = one.function() == null ? config.function() : one.function();
            Location at = at(node, i);
            if (Script.names(function)) {
                Came came = came(new Script(shown(root, code), text(code), function), one);
                results.add(new Result(one.name(), at, wrong(came, one), came));
            } else {
                String wrong = "'" + function + "' cannot be the name of a function";
                results.add(new Result(one.name(), at, List.of(wrong), new Came(null, List.of(), null)));
            }
        }
        return new Results(results, List.of());
    }

    private Came came(Script script, ScriptTestConfig.Case one) {
        try {
            Scripts.Answer answer = scripts.call(script, Scripts.Bounds.NONE, one.data());
            return new Came(answer.value(), answer.log(), null);
        } catch (ScriptException e) {
            return new Came(null, e.log(), e.getMessage());
        }
    }

    private static List<String> wrong(Came came, ScriptTestConfig.Case one) {
        List<String> wrong = new ArrayList<>(logged(one, came.log()));
        String error = came.error();
        JsonNode value = came.value();
        if (error != null) {
            if (one.error() == null) {
                wrong.add(error);
            } else if (!error.contains(one.error())) {
                wrong.add("expected an error with '" + one.error() + "', found: " + error);
            }
        } else if (one.error() != null) {
            return List.of("expected an error with '" + one.error() + "', found " + value);
        } else if (one.expect() != null && value != null) {
            wrong.addAll(differences(one.expect(), value));
        }
        return wrong;
    }

    private static List<String> logged(ScriptTestConfig.Case one, List<String> lines) {
        List<String> expected = one.logs();
        return expected == null || expected.equals(lines)
                ? List.of()
                : List.of("logs: expected " + expected + ", found " + lines);
    }

    /** Of an object that is returned, what the case names; each of these whole. */
    private static List<String> differences(JsonNode expect, JsonNode found) {
        if (!expect.isObject() || !found.isObject()) {
            return Differences.of(expect, found);
        }
        List<String> wrong = new ArrayList<>();
        expect.properties()
                .forEach(member -> Differences.of(member.getValue(), found.path(member.getKey()))
                        .forEach(difference -> wrong.add(member.getKey() + " " + difference)));
        return wrong;
    }

    private static Location at(Node node, int index) {
        Node cases = node instanceof MapNode map ? map.get("cases") : null;
        return cases instanceof ListNode list ? list.items().get(index).at() : node.at();
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static String shown(Path root, Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path from = root.toAbsolutePath().normalize();
        return (whole.startsWith(from) ? from.relativize(whole) : whole)
                .toString()
                .replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("'" + file + "' cannot be read", e);
        }
    }
}
