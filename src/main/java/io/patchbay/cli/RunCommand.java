package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: starts a flow in a running program and tells how it ended. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Starts a flow in the running program, waits for the end and tells it. Exit code 1 when the run did"
                        + " not succeed.")
final class RunCommand extends RuntimeVerb {

    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "ndjson", "application/x-ndjson",
            "csv", "text/csv",
            "xml", "application/xml",
            "txt", "text/plain");

    @Mixin
    private Waiting waiting = new Waiting();

    @Option(
            names = "--dry",
            description = "Reads from the real systems and writes nothing: shows what would be sent. There is no run"
                    + " afterwards.")
    private boolean dry;

    @Parameters(index = "0", paramLabel = "FLOW", description = "Id of the flow.")
    private String flow = "";

    @Option(
            names = "--payload",
            paramLabel = "FILE",
            description = "What the run begins with; - is standard input (default: an empty payload).")
    private @Nullable Path payload;

    @Option(
            names = "--type",
            paramLabel = "MEDIA-TYPE",
            description = "Media type of the payload (default: by the file's ending; JSON for standard input).")
    private @Nullable String type;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable of the flow for this run; may be given several times.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description =
                    "Runs under this revision of the flow, as runs and GET /api/v1/flows/FLOW/revisions name them (default:"
                            + " the flow as it is now).")
    private @Nullable String revision;

    RunCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        if (dry) {
            waiting.refuseNoWait("--dry");
        }
        RuntimeClient runtime = runtime();
        StringBuilder path = new StringBuilder("/api/v1/flows/")
                .append(RuntimeClient.encoded(flow))
                .append(dry ? "/dry-run" : "/start")
                .append("?trigger=manual");
        if (revision != null) {
            path.append("&revision=").append(RuntimeClient.encoded(revision));
        }
        variables.forEach((name, value) -> path.append("&var.")
                .append(RuntimeClient.encoded(name))
                .append('=')
                .append(RuntimeClient.encoded(value)));
        if (dry) {
            JsonNode report = runtime.send(path.toString(), contentType(), body());
            print(report, out -> DryText.print(report, out));
            return report.path("status").asText().equals("succeeded") ? 0 : Refused.FAILED;
        }
        String run =
                runtime.post(path.toString(), contentType(), body()).path("run").asText();
        return waiting.tell(run, runtime, this);
    }

    private BodyPublisher body() throws IOException {
        if (payload == null) {
            return BodyPublishers.noBody();
        }
        if (payload.toString().equals("-")) {
            return BodyPublishers.ofInputStream(terminal()::in);
        }
        Path file = terminal().folder().resolve(payload);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Refused(Refused.WRONG_USE, "There is no file " + payload + " that can be read.");
        }
        if (!Files.isRegularFile(file)) { // a pipe, which has no size to be told
            return BodyPublishers.ofInputStream(() -> opened(file));
        }
        return BodyPublishers.ofFile(file);
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String contentType() {
        if (type != null) {
            return type;
        }
        if (payload == null) {
            return "application/octet-stream";
        }
        String name = payload.toString().equals("-") ? "stdin.json" : payload.toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }
}
