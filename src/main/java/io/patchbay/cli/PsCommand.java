package io.patchbay.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ps}: flows that run now. */
@Command(
        name = "ps",
        mixinStandardHelpOptions = true,
        description =
                "Lists flows of which something runs or waits now, with the rate of the last minutes; 'runs --status running'"
                        + " lists the runs.")
final class PsCommand extends RuntimeVerb {

    @Option(
            names = {"-a", "--all"},
            description = "Also flows of which nothing runs or waits.")
    private boolean all;

    PsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Board board = Board.of(runtime(), terminal().clock().instant(), Duration.ofMinutes(5));
        Board shown = all ? board : board.busy();
        print(shown.json(), out -> shown.table().printOr(all ? "There are no flows." : "Nothing runs or waits.", out));
        return 0;
    }
}
