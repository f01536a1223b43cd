package io.patchbay.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code top}: how flows stand, again and again. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description =
                "Shows how flows stand, again and again: what runs, what waits and for how long, and of the last minutes the rate, what"
                        + " failed, and in which time 95 of 100 runs ended. Without a terminal, with --once and with --json it is shown one time.")
final class TopCommand extends RuntimeVerb {

    /** Clears the screen and goes to its beginning (ECMA-48: ED, CUP). */
    private static final String CLEAR = "\u001b[2J\u001b[H";

    @Option(names = "--once", description = "Show it one time.")
    private boolean once;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = Waiting.Time.class,
            description = "Time between two looks, at least 1s (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ofSeconds(2);

    @Option(
            names = "--over",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = Waiting.Time.class,
            description = "The time that rate, failures and p95 are about (default: ${DEFAULT-VALUE}).")
    private Duration over = Duration.ofMinutes(5);

    TopCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        if (over.isZero() || over.isNegative() || every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new Refused(Refused.WRONG_USE, "--over is a time above 0, and --every is at least 1s.");
        }
        RuntimeClient runtime = runtime();
        boolean again = !once && !json().wanted() && Ansi.AUTO.enabled();
        while (true) {
            Board board = Board.of(runtime, terminal().clock().instant(), over);
            if (again) {
                out().print(CLEAR);
            }
            print(board.json(), out -> {
                board.table().printOr("There are no flows.", out);
                if (!board.whole()) {
                    out.println("More runs ended than were looked at: rate, failures and p95 are of the newest 5000.");
                }
            });
            out().flush();
            if (!again) {
                return 0;
            }
            Interval.pass(every);
        }
    }
}
