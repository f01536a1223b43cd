package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs}: lists runs, or shows one. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists runs, newest first; with an id, shows one run step by step.")
final class RunsCommand extends RuntimeVerb {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "Id of a run.")
    private @Nullable String run;

    @Option(names = "--flow", paramLabel = "FLOW", description = "Only runs of this flow.")
    private @Nullable String flow;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only queued, running, succeeded, partial, failed or stopped ones.")
    private @Nullable String status;

    @Option(
            names = "--trigger",
            paramLabel = "TRIGGER",
            description = "Only runs that this started, like schedule, webhook or manual.")
    private @Nullable String trigger;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "Only runs that came into being at this instant or later, like 2026-11-30T06:40:00Z.")
    private @Nullable String since;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "Only runs that came into being before this instant.")
    private @Nullable String until;

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description = "Only runs whose reason holds this text: three letters or digits in a row at least.")
    private @Nullable String error;

    @Option(
            names = "--business-key",
            paramLabel = "KEY",
            description = "Only runs that saw a record of this value in trackData, or failed at it.")
    private @Nullable String businessKey;

    @Option(
            names = "--q",
            paramLabel = "TEXT",
            description = "Only runs whose id begins with this text, whose trigger it is, or whose reason holds it.")
    private @Nullable String text;

    @Option(names = "--after", paramLabel = "NEXT", description = "What follows the list before.")
    private @Nullable String after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most runs, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    RunsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        RuntimeClient runtime = runtime();
        if (run != null) {
            JsonNode one = runtime.get("/api/v1/runs/" + RuntimeClient.encoded(run));
            print(one, out -> RunText.print(one, runtime, out));
            return 0;
        }
        Query query = new Query("/api/v1/runs")
                .with("limit", limit)
                .with("flow", flow)
                .with("status", status)
                .with("trigger", trigger)
                .with("since", since)
                .with("until", until)
                .with("error", error)
                .with("businessKey", businessKey)
                .with("q", text)
                .with("after", after);
        JsonNode list = runtime.get(query.toString());
        print(list, out -> RunText.printAll(list, none(), out));
        return 0;
    }

    private String none() {
        if (after != null) {
            return "There are no further runs.";
        }
        boolean all = Stream.of(flow, status, trigger, since, until, error, businessKey, text)
                .allMatch(Objects::isNull);
        return all ? "There are no runs yet." : "There are no such runs.";
    }
}
