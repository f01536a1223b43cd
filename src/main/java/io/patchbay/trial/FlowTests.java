package io.patchbay.trial;

import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Runs tests of flows, several cases at a time. All that they write goes to a folder of its own, which is gone afterwards. */
public final class FlowTests {

    private final Ground ground;
    private final Clock clock;
    private final int parallel;

    /**
     * Tests on a home folder, which is only read.
     *
     * @param clock the time of cases that say none
     * @param parallel how many cases run at a time
     */
    public FlowTests(Ground ground, Clock clock, int parallel) {
        this.ground = ground;
        this.clock = clock;
        this.parallel = parallel;
    }

    /** Runs all cases of these files, in order. */
    public List<CaseResult> run(List<TestFile> files) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("patchbay-test-");
        ExecutorService pool = Executors.newFixedThreadPool(parallel, Threads.named("patchbay-case-"));
        try (Scripts scripts = new Scripts(ScriptsProperties.DEFAULT)) {
            List<Future<CaseResult>> running = new ArrayList<>();
            for (TestFile file : files) {
                for (int i = 0; i < file.config().cases().size(); i++) {
                    CaseRun run = new CaseRun(ground, file, i, clock, scripts);
                    Path own = Files.createDirectory(folder.resolve("case-" + running.size()));
                    running.add(pool.submit(() -> run.run(own)));
                }
            }
            List<CaseResult> results = new ArrayList<>();
            for (Future<CaseResult> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case could not be run", e.getCause());
        } finally {
            pool.shutdownNow();
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
