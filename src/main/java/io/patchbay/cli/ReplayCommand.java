package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: starts a new run with a payload that failed, or many of them. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Starts a new run with a payload that failed, at the shape in which it failed, waits for the end and"
                        + " tells it. With --flow, --run, --shape, --code, --text, --since, --until, --business-key or --cause in place of an id it replays all for which"
                        + " these hold, oldest first, at a rate, and waits with --follow only.")
final class ReplayCommand extends RuntimeVerb {

    @Mixin
    private Waiting waiting = new Waiting();

    @Parameters(index = "0", arity = "0..1", paramLabel = "FAILED_ID", description = "Id of the failed payload.")
    private @Nullable String failed;

    @Option(names = "--today", description = "Under the flow as it is now (default: under the revision that ran).")
    private boolean today;

    @Option(names = "--again", description = "Even if it was replayed or resolved already.")
    private boolean again;

    @Option(
            names = "--edited",
            paramLabel = "FILE",
            description = "With this file in place of its content: JSON, or what --type says.")
    private @Nullable Path edited;

    @Option(
            names = "--type",
            paramLabel = "MEDIATYPE",
            description = "With --edited: the file is text of this media type, like text/csv.")
    private @Nullable String type;

    @Option(
            names = "--from",
            paramLabel = "SHAPE",
            description =
                    "Enters at this shape, or at the beginning with 'start' (default: the shape in which it failed).")
    private @Nullable String from;

    @Option(names = "--flow", paramLabel = "FLOW", description = "All of this flow.")
    private @Nullable String flow;

    @Option(names = "--run", paramLabel = "RUN", description = "All of this run.")
    private @Nullable String run;

    @Option(names = "--shape", paramLabel = "SHAPE", description = "All that failed in this shape.")
    private @Nullable String shape;

    @Option(names = "--code", paramLabel = "CODE", description = "All failures of this name, like HTTP_422.")
    private @Nullable String code;

    @Option(names = "--text", paramLabel = "TEXT", description = "All whose message holds this.")
    private @Nullable String text;

    @Option(names = "--since", paramLabel = "INSTANT", description = "All that failed at this instant or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "INSTANT", description = "All that failed before this instant.")
    private @Nullable String until;

    @Option(names = "--business-key", paramLabel = "KEY", description = "All with a record of this business key.")
    private @Nullable String businessKey;

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            description = "All of this cause, as GET /api/v1/failed-payloads/causes names it.")
    private @Nullable String cause;

    @Option(
            names = "--follow",
            description =
                    "With many: wait for the end of the replay, not of its runs, at most --wait; what was refused makes it fail.")
    private boolean follow;

    @Option(names = "--per-second", paramLabel = "N", description = "At most so many a second (default: 10).")
    private @Nullable Double perSecond;

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> filter = filter();
        if (failed == null == filter.isEmpty()) {
            throw new Refused(
                    Refused.WRONG_USE,
                    failed == null
                            ? "Name a failed payload, or say which ones with --flow, --run, --shape, --code, --text, --since, --until, --business-key or --cause."
                            : "Name a failed payload or say which ones, not both.");
        }
        if (follow) {
            waiting.refuseNoWait("--follow");
        }
        if (failed != null && follow) {
            throw new Refused(Refused.WRONG_USE, "--follow is for many; the replay of one waits for its end.");
        }
        return failed == null ? many(filter) : one(failed);
    }

    private Map<String, String> filter() {
        Map<String, String> filter = new LinkedHashMap<>();
        put(filter, "flow", flow);
        put(filter, "run", run);
        put(filter, "shape", shape);
        put(filter, "code", code);
        put(filter, "q", text);
        put(filter, "since", since);
        put(filter, "until", until);
        put(filter, "businessKey", businessKey);
        put(filter, "cause", cause);
        return filter;
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    private int many(Map<String, String> query) {
        if (again || edited != null || type != null) {
            throw new Refused(Refused.WRONG_USE, "--again, --edited and --type are for one failed payload.");
        }
        put(query, "from", from);
        put(query, "revision", today ? "today" : "own");
        put(query, "perSecond", perSecond == null ? null : String.valueOf(perSecond));
        String path = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + RuntimeClient.encoded(entry.getValue()))
                .collect(Collectors.joining("&", "/api/v1/replays?", ""));
        RuntimeClient runtime = runtime();
        JsonNode job = runtime.post(path, "application/json", BodyPublishers.noBody());
        String id = job.path("id").asText();
        if (follow) {
            err().println("Replay " + id + " begun.");
            return ReplaysCommand.follow(id, waiting.atMost(), runtime, this);
        }
        print(
                job,
                out -> out.println(
                        "Replay " + id + " begun, " + job.path("perSecond").asText()
                                + " a second at most; 'replays show " + id + "' tells how far it is."));
        return 0;
    }

    private int one(String id) throws IOException {
        ObjectNode request =
                Json.object().put("revision", today ? "today" : "own").put("again", again);
        if (from != null) {
            request.put("from", from);
        }
        if (type != null && edited == null) {
            throw new Refused(Refused.WRONG_USE, "--type says what the file of --edited is.");
        }
        if (edited != null && type != null) {
            request.put("edited", Json.text(terminal(), edited)).put("contentType", type);
        } else if (edited != null) {
            request.set("edited", Json.file(terminal(), edited, "; --type says what it is, like --type text/csv"));
        }
        RuntimeClient runtime = runtime();
        String started = runtime.post(
                        "/api/v1/failed-payloads/" + RuntimeClient.encoded(id) + "/replay",
                        "application/json",
                        BodyPublishers.ofString(request.toString()))
                .path("run")
                .asText();
        return waiting.tell(started, runtime, this);
    }
}
