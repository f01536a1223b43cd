package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code runs stop}: ends a run. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Stops a run: one that goes on ends between two payloads, one that waits ends at once.",
            "What was sent stays sent."
        })
final class StopCommand extends RuntimeVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "Id of a run.")
    private String run = "";

    StopCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        JsonNode told = runtime().post("/api/v1/runs/" + RuntimeClient.encoded(run) + "/stop");
        print(
                told,
                out -> out.println(
                        told.path("status").asText().equals("stopped")
                                ? "run " + run + " is stopped."
                                : "run " + run + " is told to stop."));
        return 0;
    }
}
