package io.patchbay.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A kind of tests that {@code test} runs. A further kind is one more in {@link TestCommand}. */
interface KindOfTests {

    /**
     * Runs the tests of a home folder.
     *
     * @param files all files of the home
     * @param root of the home
     * @param wanted which files are meant, by their paths from the home
     * @param shown how a path from the home is shown
     */
    List<Tested> run(FilesOfHome files, Path root, Predicate<String> wanted, UnaryOperator<String> shown)
            throws IOException, InterruptedException;
}
