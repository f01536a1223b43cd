package io.patchbay.cli;

import io.patchbay.problem.Location;
import io.patchbay.trial.CaseResult;
import io.patchbay.trial.Coverage;
import io.patchbay.trial.Difference;
import io.patchbay.trial.FlowTests;
import io.patchbay.trial.Ground;
import io.patchbay.trial.TestFile;
import io.patchbay.trial.TestUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Tests of flows. */
final class FlowKind implements KindOfTests {

    private final Clock clock;
    private final Updating updating;
    private final List<FlowCoverage> coverage = new ArrayList<>();

    FlowKind(Clock clock, Updating updating) {
        this.clock = clock;
        this.updating = updating;
    }

    /** What the cases have reached, by flow. */
    List<FlowCoverage> coverage() {
        return coverage;
    }

    @Override
    public List<Tested> run(FilesOfHome files, Path root, Predicate<String> wanted, UnaryOperator<String> shown)
            throws IOException, InterruptedException {
        List<TestFile> tests =
                files.tests().stream().filter(test -> wanted.test(test.file())).toList();
        if (tests.isEmpty()) {
            return List.of();
        }
        int parallel = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
        FlowTests runner = new FlowTests(new Ground(root, files.catalog(), files.world()), clock, parallel);
        List<CaseResult> results = runner.run(tests);
        if (updating.wanted()) {
            results = updated(runner, root, tests, results, shown);
        }
        Coverage.of(tests, results).forEach(one -> coverage.add(new FlowCoverage(one)));
        return results.stream().map(result -> tested(result, shown)).toList();
    }

    private List<CaseResult> updated(
            FlowTests runner, Path root, List<TestFile> tests, List<CaseResult> results, UnaryOperator<String> shown)
            throws IOException, InterruptedException {
        List<CaseResult> all = new ArrayList<>();
        for (TestFile test : tests) {
            List<CaseResult> own = results.stream()
                    .filter(result -> result.file().equals(test.file()))
                    .toList();
            TestUpdate.Updated updated = new TestUpdate(runner).update(test, own);
            updating.write(root.resolve(test.file()), shown.apply(test.file()), test.text(), updated.text());
            all.addAll(updated.results());
        }
        return all;
    }

    private static Tested tested(CaseResult result, UnaryOperator<String> shown) {
        Stream<String> differences = result.differences().stream().map(one -> line(one, shown));
        return new Tested(
                "flow",
                shown.apply(result.file()),
                result.name(),
                Stream.concat(result.faults().stream(), differences).toList(),
                result.took());
    }

    private static String line(Difference difference, UnaryOperator<String> shown) {
        Location at = difference.at();
        return new Location(shown.apply(at.file()), at.line(), at.column()) + ": " + difference.what();
    }
}
