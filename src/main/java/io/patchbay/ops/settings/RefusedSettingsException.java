package io.patchbay.ops.settings;

import io.patchbay.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.ExitCodeGenerator;

/**
 * The start was refused: settings that nobody reads, or a home folder that is not there. The program then ends with code 2,
 * wrong use.
 */
public final class RefusedSettingsException extends RuntimeException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    RefusedSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
    }

    @Override
    public int getExitCode() {
        return 2;
    }
}
