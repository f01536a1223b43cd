package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: starts a new run with a payload that failed. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Starts a new run with a payload that failed, at the shape in which it failed, waits for the end and"
                        + " tells it.")
final class ReplayCommand extends RuntimeVerb {

    @Mixin
    private Waiting waiting = new Waiting();

    @Parameters(index = "0", paramLabel = "FAILED_ID", description = "Id of the failed payload.")
    private String failed = "";

    @Option(names = "--today", description = "Under the flow as it is now (default: under the revision that ran).")
    private boolean today;

    @Option(names = "--again", description = "Even if it was replayed or resolved already.")
    private boolean again;

    @Option(names = "--edited", paramLabel = "FILE", description = "With this JSON file in place of its content.")
    private @Nullable Path edited;

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        ObjectNode request =
                Json.object().put("revision", today ? "today" : "own").put("again", again);
        if (edited != null) {
            request.set("edited", Json.file(terminal(), edited));
        }
        RuntimeClient runtime = runtime();
        String run = runtime.post(
                        "/api/v1/failed-payloads/" + RuntimeClient.encoded(failed) + "/replay",
                        "application/json",
                        BodyPublishers.ofString(request.toString()))
                .path("run")
                .asText();
        return waiting.tell(run, runtime, this);
    }
}
