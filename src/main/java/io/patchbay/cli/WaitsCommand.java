package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waits}: payloads that wait for a person or an event. */
@Command(
        name = "waits",
        mixinStandardHelpOptions = true,
        description =
                "Payloads that wait for a person or an event: lists and shows them, approves and rejects them, tells events.")
final class WaitsCommand implements Runnable {

    private static final String ALL = "/api/v1/waits";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: list, show, approve, reject or release.");
    }

    private static String path(String id) {
        return ALL + "/" + RuntimeClient.encoded(id);
    }

    /** {@code waits list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists what waits, oldest first; with --state what did.")
    static final class ListCommand extends RuntimeVerb {

        @Option(names = "--flow", paramLabel = "FLOW", description = "Only of this flow.")
        private @Nullable String flow;

        @Option(names = "--run", paramLabel = "RUN", description = "Only those that left this run.")
        private @Nullable String run;

        @Option(names = "--shape", paramLabel = "SHAPE", description = "Only those in this shape.")
        private @Nullable String shape;

        @Option(names = "--key", paramLabel = "KEY", description = "Only those with this key.")
        private @Nullable String key;

        @Option(
                names = "--state",
                paramLabel = "STATE",
                defaultValue = "waiting",
                description = "waiting, approved, rejected, released, expired, or all (default: ${DEFAULT-VALUE}).")
        private String state = "waiting";

        @Mixin
        private Part part = new Part();

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            Query query = part.of(ALL)
                    .with("flow", flow)
                    .with("run", run)
                    .with("shape", shape)
                    .with("key", key)
                    .with("state", state.equals("all") ? null : state);
            JsonNode list = runtime().get(query.toString());
            printPart(
                    list,
                    new Table("id", "flow", "shape", "for", "state", "key", "title", "since", "expires"),
                    one -> List.of(
                            one.path("id").asText(),
                            one.path("flow").asText(),
                            one.path("shape").asText(),
                            one.path("kind").asText(),
                            one.path("state").asText(),
                            one.path("key").asText(""),
                            one.path("title").asText(""),
                            one.path("since").asText(),
                            one.path("expiresAt").asText()),
                    state.equals("waiting") ? "Nothing waits." : "There are none such.");
            return 0;
        }
    }

    /** {@code waits show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one that waits, or did; while it waits, with its content.")
    static final class ShowCommand extends RuntimeVerb {

        private static final List<String> LINES = List.of(
                "id",
                "flow",
                "shape",
                "revision",
                "runId",
                "kind",
                "key",
                "title",
                "message",
                "state",
                "since",
                "expiresAt",
                "decidedAt",
                "by",
                "note",
                "data",
                "releasedTo");

        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id = "";

        ShowCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            RuntimeClient runtime = runtime();
            JsonNode one = runtime.get(path(id));
            print(one, out -> {
                for (String name : LINES) {
                    JsonNode value = one.path(name);
                    if (!value.isNull() && !value.isMissingNode()) {
                        String text = value.isValueNode() ? value.asText() : value.toString();
                        out.println((name + ":             ").substring(0, 12) + " " + Table.printable(text));
                    }
                }
                if (one.path("state").asText().equals("waiting")) {
                    out.println();
                    out.println(Json.shown(runtime.text(path(id) + "/body")));
                }
            });
            return 0;
        }
    }

    /** What decisions and events share. */
    abstract static class Word extends RuntimeVerb {

        @Option(names = "--by", paramLabel = "NAME", description = "Who says so (default: the user of this system).")
        private @Nullable String by;

        @Option(names = "--note", paramLabel = "TEXT", description = "What they say.")
        private @Nullable String note;

        Word(Terminal terminal) {
            super(terminal);
        }

        /** Sends a request with who says it, and what. */
        final JsonNode say(String path, ObjectNode request, @Nullable String data) {
            String user = terminal().variable("USER");
            request.put("by", by != null ? by : user == null || user.isBlank() ? "command line" : user);
            if (note != null) {
                request.put("note", note);
            }
            if (data != null) {
                request.set("data", Json.literal(data));
            }
            return runtime().post(path, "application/json", BodyPublishers.ofString(request.toString()));
        }

        /** What became of one. */
        final void tell(JsonNode one) {
            String run = one.path("releasedTo").asText("");
            print(
                    one,
                    out -> out.println(Table.printable(one.path("state").asText()) + "; "
                            + (run.isEmpty()
                                    ? "its flow is not there any more, so nothing follows."
                                    : "run " + Table.printable(run) + " takes it on.")));
        }
    }

    /** {@code waits approve}. */
    @Command(name = "approve", mixinStandardHelpOptions = true, description = "Lets one go on, whatever it waits for.")
    static final class ApproveCommand extends Word {

        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id = "";

        @Option(
                names = "--data",
                paramLabel = "JSON",
                description = "What comes with it: goes where the shape says 'into' or 'output: data'.")
        private @Nullable String data;

        @Option(names = "--today", description = "Under the flow as it is now (default: as it was when it came).")
        private boolean today;

        ApproveCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            tell(say(path(id) + "/approve", Json.object().put("today", today), data));
            return 0;
        }
    }

    /** {@code waits reject}. */
    @Command(
            name = "reject",
            mixinStandardHelpOptions = true,
            description = "Refuses one: what becomes of it, the shape says.")
    static final class RejectCommand extends Word {

        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id = "";

        @Option(names = "--today", description = "Under the flow as it is now (default: as it was when it came).")
        private boolean today;

        RejectCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            tell(say(path(id) + "/reject", Json.object().put("today", today), null));
            return 0;
        }
    }

    /** {@code waits release}. */
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Tells an event: all that wait under its key go on.")
    static final class ReleaseCommand extends Word {

        @Parameters(paramLabel = "KEY", description = "The key that they wait under.")
        private String key = "";

        @Option(names = "--flow", paramLabel = "FLOW", description = "Only those of this flow.")
        private @Nullable String flow;

        @Option(
                names = "--data",
                paramLabel = "JSON",
                description = "What comes with it: goes where the shape says 'into' or 'output: data'.")
        private @Nullable String data;

        ReleaseCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            ObjectNode request = Json.object().put("key", key);
            if (flow != null) {
                request.put("flow", flow);
            }
            JsonNode told = say(ALL + "/events", request, data);
            print(told, out -> {
                told.path("runs")
                        .forEach(run -> out.println("run " + Table.printable(run.asText()) + " takes one on."));
                if (told.path("left").asLong() > 0) {
                    out.println(told.path("left").asLong() + " more go on a little later.");
                }
                if (told.path("keptUntil").isTextual()) {
                    out.println("Nothing waits for it yet; it is kept until "
                            + told.path("keptUntil").asText() + ".");
                }
            });
            return 0;
        }
    }
}
