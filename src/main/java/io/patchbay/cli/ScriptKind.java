package io.patchbay.cli;

import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Tests of scripts: {@code routes/**}{@code /scripts/NAME.test.yaml} beside {@code NAME.js}. */
final class ScriptKind implements KindOfTests {

    private final Updating updating;

    ScriptKind(Updating updating) {
        this.updating = updating;
    }

    @Override
    public List<Tested> run(FilesOfHome files, Path root, Predicate<String> wanted, UnaryOperator<String> shown)
            throws IOException {
        Path routes = root.resolve("routes");
        if (!Files.isDirectory(routes)) {
            return List.of();
        }
        List<Path> tests;
        try (Stream<Path> all = Files.walk(routes)) {
            tests = all.filter(Files::isRegularFile)
                    .filter(ScriptTests::tests)
                    .filter(file -> wanted.test(LooseFiles.name(root, file)))
                    .sorted()
                    .toList();
        }
        if (tests.isEmpty()) {
            return List.of();
        }
        List<Tested> tested = new ArrayList<>();
        try (Scripts scripts = Scripts.ofFlows(ScriptsProperties.DEFAULT)) {
            ScriptTests runner = new ScriptTests(scripts);
            for (Path file : tests) {
                tested.addAll(of(runner, root, file, shown));
            }
        }
        return tested;
    }

    private List<Tested> of(ScriptTests runner, Path root, Path file, UnaryOperator<String> shown) throws IOException {
        long began = System.nanoTime();
        ScriptTests.Results results = runner.run(root, file);
        if (updating.wanted() && results.problems().isEmpty()) {
            String before = Files.readString(file);
            String after = ScriptUpdate.of(before, results);
            if (!after.equals(before)) {
                updating.write(file, shown.apply(LooseFiles.name(root, file)), before, after);
                results = runner.run(root, file);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        String name = shown.apply(LooseFiles.name(root, file));
        if (!results.problems().isEmpty()) {
            List<String> lines =
                    results.problems().stream().map(Object::toString).toList();
            return List.of(new Tested("script", name, "the file", lines, took));
        }
        return results.cases().stream()
                .map(one -> new Tested("script", name, one.name(), lines(one, name), took))
                .toList();
    }

    private static List<String> lines(ScriptTests.Result result, String file) {
        String place = file + ":" + result.at().line() + ":" + result.at().column() + ": ";
        return result.wrong().stream().map(wrong -> place + wrong).toList();
    }
}
