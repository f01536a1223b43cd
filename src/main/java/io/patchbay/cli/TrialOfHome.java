package io.patchbay.cli;

import io.patchbay.blueprint.Trial;
import io.patchbay.home.Home;
import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Checks and tests a home as {@code check} and {@code test} do. */
final class TrialOfHome implements Trial {

    private static final Logger QUIET = Logger.getLogger("io.patchbay");

    private final Terminal terminal;

    TrialOfHome(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Found of(Path home, Predicate<String> tested) throws IOException, InterruptedException {
        QUIET.setLevel(Level.OFF);
        FilesOfHome files = FilesOfHome.read(new Home(home), List.of(), terminal);
        List<Problem> errors = files.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        List<Tested> all = new ArrayList<>();
        Updating none = new Updating(false);
        for (KindOfTests kind : List.of(new FlowKind(terminal.clock(), none), new ScriptKind(none))) {
            all.addAll(kind.run(files, home, tested, file -> file));
        }
        List<String> failed = all.stream()
                .filter(one -> !one.passed())
                .map(one -> one.file() + ", " + one.name() + ": " + String.join("; ", one.lines()))
                .toList();
        return new Found(errors, all.size(), failed);
    }
}
