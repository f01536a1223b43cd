package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        description =
                "Instances of connectors: lists, checks and calls them, makes, changes and deletes them, tells where one is"
                        + " connected; tests connectors and makes new ones.")
final class ConnectorCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A verb is missing: list, show, check, call, contract, create, update, delete, connect, disconnect, test, new, pack, import or compare.");
    }

    /** {@code connector list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the instances.")
    static final class ListCommand extends RuntimeVerb {

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode list = runtime().get("/api/v1/instances?limit=500");
            print(
                    list,
                    new Table("instance", "connector", "version", "status", "file", "asked for"),
                    one -> List.of(
                            one.path("name").asText(),
                            one.path("connector").asText(),
                            one.path("version").asText(),
                            one.path("status").asText(),
                            one.path("file").asText(),
                            askedFor(one)),
                    "There are no instances yet.");
            return 0;
        }

        /** Who asks for which version: the instance itself, and flows. */
        private static String askedFor(JsonNode instance) {
            List<String> all = new ArrayList<>();
            if (instance.path("pin").isTextual()) {
                all.add("@" + instance.path("pin").asText());
            }
            for (JsonNode one : instance.path("pinned")) {
                all.add(one.path("flow").asText() + " " + one.path("version").asText());
            }
            return String.join(", ", all);
        }
    }

    /** {@code connector check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Calls the real system and says whether the instance works, and if not, why.")
    static final class CheckCommand extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String instance = "";

        CheckCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode check = runtime().post("/api/v1/instances/" + RuntimeClient.encoded(instance) + "/check");
            print(check, out -> tell(check, out));
            return check.path("status").asText().equals("operational") ? 0 : Refused.FAILED;
        }

        private void tell(JsonNode check, PrintWriter out) {
            String status = check.path("status").asText();
            out.println(Table.printable(
                    instance + ": " + status + " (" + check.path("tookMs").asLong() + " ms)"));
            if (check.path("sentence").isTextual()) {
                out.println("  " + sentence(check));
            }
            requests(check, out);
        }
    }

    /** {@code connector call}. */
    @Command(
            name = "call",
            mixinStandardHelpOptions = true,
            description =
                    "Calls an endpoint once, really, and shows request and answer; of a list the first page, or as many as --pages"
                            + " says.")
    static final class CallCommand extends RuntimeVerb {

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

        @Option(
                names = "--record",
                paramLabel = "NAME",
                arity = "0..1",
                fallbackValue = "",
                description =
                        "Adds what was asked and answered to the fixtures of the connector in the home folder, under this name"
                                + " (default: the endpoint's id). Secrets are left out; look through it for data about people.")
        private @Nullable String record;

        @Option(
                names = "--pages",
                paramLabel = "N",
                description = "Reads so many pages of a list, as a flow does; 1 to 100.")
        private @Nullable Integer pages;

        @Option(
                names = "--cursor",
                paramLabel = "POSITION",
                description = "Reads a list that grows from where a run before came: a time, a number or a token.")
        private @Nullable String cursor;

        @Mixin
        private HomeFolder home = new HomeFolder();

        CallCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() throws IOException {
            ObjectNode request = Json.object();
            ObjectNode inputs = request.putObject("with");
            with.forEach((name, text) -> inputs.set(name, Json.value(text)));
            if (payload != null) {
                request.set("payload", Json.file(terminal(), payload));
            }
            request.put("record", record != null);
            if (pages != null) {
                request.put("pages", pages);
            }
            if (cursor != null) {
                request.put("cursor", cursor);
            }
            JsonNode answer = runtime()
                    .post(
                            "/api/v1/instances/" + RuntimeClient.encoded(instance) + "/endpoints/"
                                    + RuntimeClient.encoded(endpoint) + "/call",
                            "application/json",
                            BodyPublishers.ofString(request.toString()));
            Path recorded = record == null ? null : recorded(answer, inputs, request.get("payload"));
            print(answer, out -> {
                tell(answer, out);
                if (recorded != null) {
                    out.println("recorded in " + Table.printable(recorded.toString()));
                }
            });
            return answer.path("good").asBoolean() ? 0 : Refused.FAILED;
        }

        private Path recorded(JsonNode answer, ObjectNode with, @Nullable JsonNode sent) throws IOException {
            String connector = "";
            for (JsonNode one : runtime().get("/api/v1/instances?limit=500").path("data")) {
                connector = one.path("name").asText().equals(instance)
                        ? one.path("connector").asText()
                        : connector;
            }
            String name = record == null || record.isEmpty() ? endpoint : record;
            Recording.Called called =
                    new Recording.Called(endpoint, with, sent, cursor, pages != null || cursor != null);
            return new Recording(answer, called)
                    .write(
                            home.home(terminal()).root(),
                            connector,
                            name,
                            terminal().clock());
        }

        private static void tell(JsonNode answer, PrintWriter out) {
            requests(answer, out);
            int records = answer.path("records").asInt();
            out.println(
                    answer.path("good").asBoolean()
                            ? records + (records == 1 ? " record, " : " records, ")
                                    + Table.printable(answer.path("contentType").asText("no content")) + ", "
                                    + answer.path("tookMs").asLong() + " ms"
                            : "failed: " + sentence(answer));
            answer.path("warnings").forEach(one -> out.println("note: " + Table.printable(one.asText())));
            if (answer.path("text").isTextual()) {
                out.println(Json.shown(answer.path("text").asText()));
            }
            if (answer.path("cut").asBoolean()) {
                out.println("(the rest is not shown)");
            }
        }
    }

    private static String sentence(JsonNode failed) {
        return Table.printable(
                failed.path("sentence").asText() + " [" + failed.path("code").asText() + "]");
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
