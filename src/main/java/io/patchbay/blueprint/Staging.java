package io.patchbay.blueprint;

import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.springframework.util.FileSystemUtils;

/** Tries changes on a copy of a home: what is wrong there and was not before, and what tests fail. */
final class Staging {

    /** Before what is said of a test that fails. */
    static final String TEST = "a test fails: ";

    private static final List<String> FOLDERS = List.of("routes", "connectors");

    private final Path home;
    private final Trial trial;

    Staging(Path home, Trial trial) {
        this.home = home;
        this.trial = trial;
    }

    /** What came of it: errors that are new, and tests. */
    record Result(List<String> wrong, int tests) {}

    Result of(SortedMap<String, Optional<String>> changes, Predicate<String> tested)
            throws IOException, InterruptedException {
        Path staged = Files.createTempDirectory("patchbay-blueprint-");
        try {
            for (String folder : FOLDERS) {
                copy(home.resolve(folder), staged.resolve(folder));
            }
            Set<String> before = new HashSet<>();
            trial.of(staged, file -> false).problems().forEach(problem -> before.add(told(problem)));
            for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
                Path file = staged.resolve(change.getKey());
                if (change.getValue().isPresent()) {
                    Files.createDirectories(file.getParent());
                    // The copy may be a link to the home's own file: it is replaced and not written into.
                    Files.deleteIfExists(file);
                    Files.writeString(file, change.getValue().get());
                } else {
                    Files.deleteIfExists(file);
                }
            }
            Trial.Found after = trial.of(staged, tested);
            List<String> wrong = new ArrayList<>();
            after.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .map(Staging::told)
                    .filter(one -> !before.contains(one))
                    .forEach(wrong::add);
            after.failed().forEach(one -> wrong.add(TEST + one));
            return new Result(wrong, after.tests());
        } finally {
            FileSystemUtils.deleteRecursively(staged);
        }
    }

    private static String told(Problem problem) {
        return problem.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        // Links are followed, as the program does: what is behind one counts as well.
        Files.walkFileTree(from, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 16, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
