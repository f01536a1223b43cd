package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.run.ReplayJob;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replays}: jobs that replay many failed payloads. */
@Command(
        name = "replays",
        mixinStandardHelpOptions = true,
        description =
                "Replays of many failed payloads, which 'replay' with --flow and the like begins: lists them, shows how far"
                        + " one is and what it refused, stops one.")
final class ReplaysCommand implements Runnable {

    private static final String ALL = "/api/v1/replays";
    private static final Duration LOOK = Duration.ofMillis(500);
    /** What waits is told anew no more often than this. */
    private static final Duration TELL = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: list, show or stop.");
    }

    private static String path(String id) {
        return ALL + "/" + RuntimeClient.encoded(id);
    }

    /** Which payloads are meant, as it was said. */
    private static String filter(JsonNode job) {
        List<String> said = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : job.path("filter").properties()) {
            if (one.getValue().isTextual()) {
                said.add(one.getKey() + "=" + one.getValue().asText());
            }
        }
        return String.join(" ", said);
    }

    /** How many it has yet to take, where it goes on. */
    private static String waiting(JsonNode job) {
        JsonNode many = job.path("waiting");
        return !many.isInt()
                ? ""
                : ", " + many.asText() + (many.asInt() < ReplayJob.MOST_WAITING ? "" : " or more") + " waiting";
    }

    private static void tell(JsonNode job, PrintWriter out) {
        out.println("replay " + job.path("id").asText() + " of " + Table.printable(filter(job)));
        out.println(
                "  " + job.path("state").asText() + ", " + job.path("replayed").asText() + " replayed, "
                        + job.path("refused").asText() + " refused"
                        + waiting(job) + "; " + job.path("perSecond").asText() + " a second at most");
        if (job.path("message").isTextual()) {
            out.println("  last: " + Table.printable(job.path("message").asText()));
        }
    }

    /**
     * Waits for the end of a job and prints it.
     *
     * @return the exit code: not 0 when something was refused, or somebody stopped it
     * @throws Refused when it goes on longer than that
     */
    static int follow(String id, Duration atMost, RuntimeClient client, RuntimeVerb verb) {
        RuntimeClient runtime = client.patient(verb.err());
        Instant end = verb.terminal().clock().instant().plus(atMost);
        Instant told = verb.terminal().clock().instant();
        JsonNode job = runtime.get(path(id));
        while (job.path("state").asText().equals("going")) {
            if (verb.terminal().clock().instant().isAfter(end)) {
                throw new Refused(
                        Refused.FAILED,
                        "Replay " + id + " goes on, " + job.path("replayed").asText()
                                + " replayed so far; 'replays show " + id + "' tells how far it is.");
            }
            if (!verb.terminal().clock().instant().isBefore(told.plus(TELL))) {
                told = verb.terminal().clock().instant();
                verb.err()
                        .println("Replay " + id + ": " + job.path("replayed").asText() + " replayed, "
                                + job.path("refused").asText() + " refused" + waiting(job) + ".");
            }
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused(Refused.FAILED, "Interrupted; replay " + id + " goes on.");
            }
            job = runtime.get(path(id));
        }
        JsonNode ended = job;
        verb.print(ended, out -> tell(ended, out));
        boolean well = ended.path("state").asText().equals("done")
                && ended.path("refused").asLong() == 0;
        return well ? 0 : Refused.FAILED;
    }

    /** {@code replays list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the last 200 replays of many, newest first.")
    static final class ListCommand extends RuntimeVerb {

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            print(
                    runtime().get(ALL),
                    new Table("replay", "begun", "of", ">replayed", ">refused", ">waiting", ">a second", "state"),
                    job -> List.of(
                            job.path("id").asText(),
                            job.path("begunAt").asText(),
                            filter(job),
                            job.path("replayed").asText(),
                            job.path("refused").asText(),
                            job.path("waiting").asText(""),
                            job.path("perSecond").asText(),
                            job.path("state").asText()),
                    "There are none.");
            return 0;
        }
    }

    /** What verbs about one job share. */
    abstract static class OfOne extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "REPLAY", description = "Id of the replay, as 'replays list' shows it.")
        private String id = "";

        OfOne(Terminal terminal) {
            super(terminal);
        }

        final String id() {
            return id;
        }
    }

    /** {@code replays show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows how far a replay of many is, and the payloads that it refused, each with why.")
    static final class ShowCommand extends OfOne {

        @Mixin
        private Part part = new Part();

        ShowCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            RuntimeClient runtime = runtime();
            JsonNode job = runtime.get(path(id()));
            JsonNode refused = runtime.get(part.of(path(id()) + "/refused").toString());
            print(Json.object().<ObjectNode>set("replay", job).set("refused", refused), out -> {
                tell(job, out);
                Table table = new Table("failed payload", "refused because");
                refused.path("data")
                        .forEach(one -> table.row(List.of(
                                one.path("failedPayload").asText(),
                                one.path("reason").asText())));
                if (!refused.path("data").isEmpty()) {
                    table.printOr("", out);
                }
                Part.rest(refused, out);
            });
            return 0;
        }
    }

    /** {@code replays stop}. */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stops a replay of many: what was not replayed stays as it is.")
    static final class StopCommand extends OfOne {

        StopCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode job = runtime().post(path(id()) + "/stop");
            print(job, out -> tell(job, out));
            return 0;
        }
    }
}
