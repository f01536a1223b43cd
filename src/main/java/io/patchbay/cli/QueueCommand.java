package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code queue}: starts whose run has not ended. */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description =
                "Starts whose run has not ended: lists them, deletes one, gives one another priority, lets one that"
                        + " was put aside wait again.")
final class QueueCommand implements Runnable {

    private static final String ALL = "/api/v1/starts";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: list, priority, release or discard.");
    }

    /** {@code queue list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists starts that wait for their run, newest first; with --state those that run or were put"
                    + " aside.")
    static final class ListCommand extends RuntimeVerb {

        @Option(names = "--flow", paramLabel = "FLOW", description = "Only of this flow.")
        private @Nullable String flow;

        @Option(
                names = "--state",
                paramLabel = "STATE",
                defaultValue = "waiting",
                description = "waiting, claimed (a run has it) or quarantined (default: ${DEFAULT-VALUE}).")
        private String state = "waiting";

        @Mixin
        private Part part = new Part();

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode list = runtime()
                    .get(part.of(ALL).with("flow", flow).with("state", state).toString());
            printPart(
                    list,
                    new Table("start", "flow", "trigger", "priority", "queued", ">bytes", ">crashes", "state"),
                    one -> List.of(
                            one.path("id").asText(),
                            one.path("flow").asText(),
                            one.path("trigger").asText(),
                            one.path("priority").asText(),
                            one.path("queuedAt").asText(),
                            one.path("size").asText(),
                            one.path("crashes").asText(),
                            one.path("state").asText()),
                    state.equals("waiting") ? "Nothing waits." : "There are none such.");
            return 0;
        }
    }

    /** What verbs about one start share. */
    abstract static class OfOne extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "START", description = "Id of the start, as 'queue list' shows it.")
        private String id = "";

        OfOne(Terminal terminal) {
            super(terminal);
        }

        /** Tells the runtime what becomes of it. */
        final int does(String what, String said) {
            return does(new Query("/" + what), said);
        }

        /** The same, with parameters. */
        final int does(Query what, String said) {
            JsonNode answer = runtime().post(ALL + "/" + RuntimeClient.encoded(id) + what);
            print(answer, out -> out.println("start " + id + " " + said));
            return 0;
        }
    }

    /** {@code queue priority}. */
    @Command(
            name = "priority",
            mixinStandardHelpOptions = true,
            description = "Gives a start that waits another priority, as if it had come with it.")
    static final class PriorityCommand extends OfOne {

        @Parameters(index = "1", paramLabel = "PRIORITY", description = "highest, high, regular, low or lowest.")
        private String priority = "";

        PriorityCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return does(new Query("/priority").with("priority", priority), "has priority " + priority + ".");
        }
    }

    /** {@code queue release}. */
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Lets a start wait again that was put aside because the program ended while it ran.")
    static final class ReleaseCommand extends OfOne {

        ReleaseCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return does("release", "waits again.");
        }
    }

    /** {@code queue discard}. */
    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Deletes a start that waits or was put aside, with its payload: it never runs.")
    static final class DiscardCommand extends OfOne {

        DiscardCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return does("discard", "is deleted.");
        }
    }
}
