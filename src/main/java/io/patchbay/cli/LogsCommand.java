package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}: the log of a run. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the log of a run; with -f what comes as it comes, until the run ends.",
            "With -f the exit code is 1 when the run did not succeed."
        })
final class LogsCommand extends RuntimeVerb {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
    private String run = "";

    @Option(names = "--shape", paramLabel = "SHAPE", description = "Only lines about this shape.")
    private @Nullable String shape;

    @Option(
            names = {"-f", "--follow"},
            description = "Shows further lines until the run ends.")
    private boolean follow;

    LogsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        RuntimeClient runtime = runtime();
        String path = "/api/v1/runs/" + RuntimeClient.encoded(run);
        String lines = new Query(path + "/logs").with("shape", shape).toString();
        if (!follow) {
            JsonNode log = runtime.get(lines);
            print(log, out -> {
                if (log.path("data").isEmpty()) {
                    out.println("The log has no lines.");
                }
                log.path("data").forEach(line -> out.println(text(line)));
            });
            return 0;
        }
        return follow(runtime.patient(err()), path, lines);
    }

    /** The run is asked before its log: what it logged up to its end stands in there then. */
    private int follow(RuntimeClient runtime, String path, String lines) {
        ArrayNode all = io.patchbay.payload.Json.NODES.arrayNode();
        Followed followed = new Followed();
        while (true) {
            JsonNode state = runtime.get(path);
            JsonNode log = runtime.get(lines).path("data");
            for (JsonNode line : followed.more(log)) {
                all.add(line);
                if (!json().wanted()) {
                    out().println(text(line));
                }
            }
            out().flush();
            if (!state.path("endedAt").isNull() && !state.path("endedAt").isMissingNode()) {
                String status = state.path("status").asText();
                ObjectNode answer = Json.object();
                answer.set("data", all);
                answer.put("status", status);
                print(answer, out -> out.println("run " + run + ": " + status));
                return status.equals("succeeded") ? 0 : Refused.FAILED;
            }
            Interval.pass(BETWEEN);
        }
    }

    /** How far a log was shown. That of a run which is taken up again may have lost its last lines, and have others in their place. */
    static final class Followed {
        private JsonNode last = MissingNode.getInstance();
        private int shown;

        /** The lines that were not shown yet. */
        List<JsonNode> more(JsonNode log) {
            if (shown > 0 && !log.path(shown - 1).equals(last)) {
                Instant until = at(last);
                shown = 0;
                while (shown < log.size() && !at(log.get(shown)).isAfter(until)) {
                    shown++;
                }
            }
            List<JsonNode> more = new ArrayList<>();
            for (; shown < log.size(); shown++) {
                last = log.get(shown);
                more.add(last);
            }
            return more;
        }

        private static Instant at(JsonNode line) {
            return Instant.parse(line.path("at").asText());
        }
    }

    private static String text(JsonNode line) {
        String about = line.path("shape").isTextual() ? line.path("shape").asText() + ": " : "";
        String level = line.path("level").asText().toUpperCase(Locale.ROOT);
        return Table.printable(line.path("at").asText() + " " + level + " ".repeat(Math.max(1, 6 - level.length()))
                + about + line.path("text").asText());
    }
}
