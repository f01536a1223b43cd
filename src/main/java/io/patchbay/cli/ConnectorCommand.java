package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code connector}: whether instances work, and calling them by hand. */
@Command(
        name = "connector",
        mixinStandardHelpOptions = true,
        description = "Lists the instances of connectors, checks one, calls an endpoint of one.")
final class ConnectorCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: list, check or call.");
    }

    /** {@code connector list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the instances.")
    static final class ListCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Remote remote = new Remote();

        @Mixin
        private Json json = new Json();

        ListCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            JsonNode list = remote.runtime(terminal).get("/api/v1/instances?limit=500");
            PrintWriter out = spec.commandLine().getOut();
            if (json.wanted()) {
                out.println(Json.text(list));
                return 0;
            }
            Table table = new Table("instance", "connector", "version", "file");
            for (JsonNode one : list.path("data")) {
                table.row(List.of(
                        one.path("name").asText(),
                        one.path("connector").asText(),
                        one.path("version").asText(),
                        one.path("file").asText()));
            }
            if (table.isEmpty()) {
                out.println("There are no instances yet.");
            }
            table.print("", out);
            return 0;
        }
    }

    /** {@code connector check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Calls the real system and says whether the instance works, and if not, why.")
    static final class CheckCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Remote remote = new Remote();

        @Mixin
        private Json json = new Json();

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String instance = "";

        CheckCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            JsonNode check =
                    remote.runtime(terminal).post("/api/v1/instances/" + RuntimeClient.encoded(instance) + "/check");
            PrintWriter out = spec.commandLine().getOut();
            String status = check.path("status").asText();
            if (json.wanted()) {
                out.println(Json.text(check));
            } else {
                out.println(Table.printable(instance + ": " + status.replace('_', ' ') + " ("
                        + check.path("tookMs").asLong() + " ms)"));
                if (check.path("sentence").isTextual()) {
                    out.println("  "
                            + Table.printable(check.path("sentence").asText() + " ["
                                    + check.path("code").asText() + "]"));
                }
                requests(check, out);
            }
            return status.equals("operational") ? 0 : 1;
        }
    }

    /** {@code connector call}. */
    @Command(
            name = "call",
            mixinStandardHelpOptions = true,
            description = "Calls an endpoint once, really, and shows request and answer; of a list the first page.")
    static final class CallCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Remote remote = new Remote();

        @Mixin
        private Json json = new Json();

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String instance = "";

        @Parameters(index = "1", paramLabel = "ENDPOINT", description = "Id of the endpoint, like orders.list.")
        private String endpoint = "";

        @Option(
                names = "--with",
                paramLabel = "NAME=VALUE",
                description = "A value for an input; a list or an object is written as JSON.")
        private Map<String, String> with = new TreeMap<>();

        @Option(names = "--payload", paramLabel = "FILE", description = "A JSON file that is sent.")
        private @Nullable Path payload;

        CallCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            ObjectNode request = Json.object();
            ObjectNode inputs = request.putObject("with");
            with.forEach((name, text) -> inputs.set(name, Json.value(text)));
            if (payload != null) {
                request.set("payload", Json.file(terminal, payload));
            }
            JsonNode answer = remote.runtime(terminal)
                    .post(
                            "/api/v1/instances/" + RuntimeClient.encoded(instance) + "/endpoints/"
                                    + RuntimeClient.encoded(endpoint) + "/call",
                            "application/json",
                            BodyPublishers.ofString(request.toString()));
            PrintWriter out = spec.commandLine().getOut();
            if (json.wanted()) {
                out.println(Json.text(answer));
            } else {
                print(answer, out);
            }
            return answer.path("good").asBoolean() ? 0 : 1;
        }

        private static void print(JsonNode answer, PrintWriter out) {
            requests(answer, out);
            if (!answer.path("good").asBoolean()) {
                out.println("failed: "
                        + Table.printable(answer.path("sentence").asText() + " ["
                                + answer.path("code").asText() + "]"));
                return;
            }
            out.println(answer.path("records").asInt() + " records, "
                    + Table.printable(answer.path("contentType").asText("no content")) + ", "
                    + answer.path("tookMs").asLong() + " ms");
            if (answer.path("text").isTextual()) {
                out.println(Json.shown(answer.path("text").asText()));
            }
            if (answer.path("cut").asBoolean()) {
                out.println("(the rest is not shown)");
            }
        }
    }

    private static void requests(JsonNode of, PrintWriter out) {
        for (JsonNode request : of.path("requests")) {
            int status = request.path("status").asInt();
            out.println("  "
                    + Table.printable(request.path("method").asText() + " "
                            + request.path("target").asText() + " -> " + (status == 0 ? "no answer" : status)));
        }
    }
}
