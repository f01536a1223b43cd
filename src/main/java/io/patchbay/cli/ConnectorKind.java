package io.patchbay.cli;

import io.patchbay.connector.Connector;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.connector.fixture.FixtureSuite.Result;
import io.patchbay.connector.fixture.FixtureSuite.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Fixtures of connectors, as {@code connector test} runs them. */
final class ConnectorKind implements KindOfTests {

    private final Clock clock;

    ConnectorKind(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Tested> run(FilesOfHome files, Path root, Predicate<String> wanted, UnaryOperator<String> shown)
            throws IOException {
        List<Tested> all = new ArrayList<>();
        for (Connector connector : files.catalog().connectors()) {
            FixtureSuite suite = new FixtureSuite(root, connector, clock);
            for (String name : suite.names()) {
                if (wanted.test(suite.shown(name))) {
                    long began = System.nanoTime();
                    Result result = suite.run(name);
                    List<String> lines = result.verdict() == Verdict.FAILED ? result.differences() : List.of();
                    all.add(new Tested(
                            "connector",
                            shown.apply(suite.shown(name)),
                            result.endpoint(),
                            lines,
                            Duration.ofNanos(System.nanoTime() - began)));
                }
            }
        }
        return all;
    }
}
