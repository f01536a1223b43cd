package io.patchbay.cli;

import io.patchbay.blueprint.Trial;
import io.patchbay.home.Home;
import io.patchbay.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Checks and tests a home as {@code check} and {@code test} do. */
public final class TrialOfHome implements Trial {

    private final Terminal terminal;

    TrialOfHome(Terminal terminal) {
        this.terminal = terminal;
    }

    /** For a program that goes on, with the environment that it has. */
    public static Trial inProgram(Path home, Clock clock) {
        return new TrialOfHome(new Terminal(
                System.getenv(), home, InputStream.nullInputStream(), OutputStream.nullOutputStream(), clock));
    }

    @Override
    public Found of(Path home, Predicate<String> tested) throws IOException, InterruptedException {
        FilesOfHome files = FilesOfHome.read(new Home(home), List.of(), terminal);
        List<Problem> errors = files.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        List<Tested> all = new ArrayList<>();
        Updating none = new Updating(false);
        for (KindOfTests kind : List.of(
                new FlowKind(terminal.clock(), none), new ScriptKind(none), new ConnectorKind(terminal.clock()))) {
            all.addAll(kind.run(files, home, tested, file -> file));
        }
        List<String> failed = all.stream()
                .filter(one -> !one.passed())
                .map(one -> one.file() + ", " + one.name() + ": " + String.join("; ", one.lines()))
                .toList();
        return new Found(errors, all.size(), failed);
    }
}
