package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has another version of a flow run. */
abstract class DeployCommand extends RuntimeVerb {

    @Parameters(index = "0", paramLabel = "FLOW", description = "Id of a flow.")
    private String flow = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is about, or why.")
    private @Nullable String note;

    DeployCommand(Terminal terminal) {
        super(terminal);
    }

    /** Asks for it and says how things stand then. */
    final int done(String verb, @Nullable String to) {
        JsonNode done = runtime()
                .post(new Query("/api/v1/flows/" + RuntimeClient.encoded(flow) + "/" + verb)
                        .with("to", to)
                        .with("note", note)
                        .toString());
        print(done, out -> {
            VersionText.state(done.path("version"), out);
            if (done.path("before").isInt() && !done.path("before").equals(done.at("/version/running"))) {
                out.println("Before, version " + done.path("before").asText() + " ran.");
            }
            if (!done.path("today").isEmpty()) {
                out.println("What the version had otherwise and is that of today:");
                VersionText.changes(done.path("today"), out);
            }
        });
        return 0;
    }

    /** {@code deploy}: has what a flow's file says run. */
    @Command(
            name = "deploy",
            mixinStandardHelpOptions = true,
            description = "Has what a flow's file says run: a draft, or the file after a rollback.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:it runs", "1:no runtime answers", "2:wrong use, or it cannot run; then all is as it was"
            })
    static final class Deploy extends DeployCommand {

        Deploy(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return done("deploy", null);
        }
    }

    /** {@code rollback}: has an older version of a flow run. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Has an older version of a flow run until somebody deploys the flow again.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:it runs", "1:no runtime answers", "2:wrong use, or it cannot run; then all is as it was"
            })
    static final class Rollback extends DeployCommand {

        @Option(
                names = "--to",
                paramLabel = "VERSION",
                description = "Number or revision; the newest before what runs that says something else, unless given.")
        private @Nullable String to;

        Rollback(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return done("rollback", to);
        }
    }
}
