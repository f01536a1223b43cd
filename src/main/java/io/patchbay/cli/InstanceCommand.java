package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code connector} that keep instances in the runtime instead of in files. */
final class InstanceCommand {

    private static final String PATH = "/api/v1/instances";

    private InstanceCommand() {}

    private static String path(String name) {
        return PATH + "/" + RuntimeClient.encoded(name);
    }

    /** What an instance is made of. Secrets are no arguments: a list of processes and a shell's history would show them. */
    static final class Content {
        @Option(
                names = "--set",
                paramLabel = "NAME=VALUE",
                description = "A setting; what is no JSON is text. For secrets only as ${secret.NAME}.")
        private Map<String, String> set = new TreeMap<>();

        @Option(
                names = "--secret",
                paramLabel = "NAME",
                description = "A secret setting: asked for, or the next line of what is piped in.")
        private List<String> secrets = List.of();

        @Option(names = "--auth", paramLabel = "ID", description = "Which way to prove who calls.")
        private @Nullable String auth;

        void into(ObjectNode document, Terminal terminal) throws IOException {
            if (auth != null) {
                document.put("auth", auth);
            }
            if (set.isEmpty() && secrets.isEmpty()) {
                return;
            }
            ObjectNode settings = document.putObject("settings");
            set.forEach((name, text) -> settings.set(name, Json.literal(text)));
            BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
            for (String name : secrets) {
                settings.put(name, secret(name, lines));
            }
        }

        @SuppressWarnings(
                "SystemConsoleNull") // where a newer Java has a console without a terminal, it reads what is piped
        private static String secret(String name, BufferedReader piped) throws IOException {
            Console console = System.console();
            if (console != null) {
                char[] typed = console.readPassword("%s: ", name);
                return given(name, typed == null ? null : new String(typed));
            }
            return given(name, piped.readLine());
        }

        private static String given(String name, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                throw new Refused(
                        Refused.WRONG_USE,
                        "The secret '" + name
                                + "' is not given: pipe it in, one line for each --secret, in their order.");
            }
            return value;
        }
    }

    /** {@code connector show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows an instance and what can be called; never its settings.")
    static final class Show extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String name = "";

        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode instance = runtime().get(path(name));
            print(instance, out -> tell(instance, out));
            return 0;
        }

        private static void tell(JsonNode instance, PrintWriter out) {
            out.println(Table.printable(instance.path("name").asText() + ": "
                    + instance.path("connector").asText() + " "
                    + instance.path("version").asText() + ", "
                    + instance.path("file").asText()));
            tellStatus(instance, out);
            Table table = new Table("endpoint", "kind", "inputs");
            for (JsonNode endpoint : instance.path("endpoints")) {
                StringBuilder inputs = new StringBuilder();
                endpoint.path("inputs")
                        .properties()
                        .forEach(input -> inputs.append(inputs.isEmpty() ? "" : ", ")
                                .append(input.getKey())
                                .append(input.getValue().asText().equals("required") ? "" : "?"));
                table.row(List.of(
                        endpoint.path("id").asText(), endpoint.path("kind").asText(), inputs.toString()));
            }
            table.print("  ", out);
        }
    }

    private static void tellStatus(JsonNode instance, PrintWriter out) {
        JsonNode failure = instance.path("lastFailure");
        StringBuilder status = new StringBuilder(instance.path("status").asText());
        if (instance.path("since").isTextual()) {
            status.append(" since ").append(instance.path("since").asText());
        }
        if (instance.path("lastSuccess").isTextual()) {
            status.append(", last success ").append(instance.path("lastSuccess").asText());
        }
        out.println(Table.printable("  " + status));
        if (failure.isObject()) {
            out.println(Table.printable("  last failure " + failure.path("at").asText() + ": "
                    + failure.path("sentence").asText() + " ["
                    + failure.path("code").asText() + "]"));
        }
    }

    /** {@code connector create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes an instance that the runtime keeps, encrypted, in its database.")
    static final class Create extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance, like my-shop-uk.")
        private String name = "";

        @Option(
                names = "--connector",
                paramLabel = "ID",
                required = true,
                description = "Connector id; with @2 or @2.3.0 its version, else the newest.")
        private String connector = "";

        @Mixin
        private Content content = new Content();

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() throws IOException {
            ObjectNode document = Json.object().put("instance", name).put("connector", connector);
            content.into(document, terminal());
            JsonNode made = runtime().post(PATH, "application/json", BodyPublishers.ofString(document.toString()));
            print(
                    made,
                    out -> out.println(Table.printable(
                            name + " is there; `patchbay connector check " + name + "` tells whether it works.")));
            return 0;
        }
    }

    /** {@code connector update}. */
    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description = "Changes an instance that the runtime keeps; what is not named stays, secrets too.")
    static final class Update extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String name = "";

        @Option(names = "--unset", paramLabel = "NAME", description = "A setting to take away.")
        private List<String> unset = List.of();

        @Mixin
        private Content content = new Content();

        Update(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() throws IOException {
            ObjectNode part = Json.object();
            content.into(part, terminal());
            if (!unset.isEmpty()) {
                ObjectNode settings = part.withObject("/settings");
                unset.forEach(settings::putNull);
            }
            if (part.isEmpty()) {
                throw new Refused(
                        Refused.WRONG_USE, "Nothing is to be changed: give --set, --secret, --auth or --unset.");
            }
            JsonNode changed = runtime().patch(path(name), part.toString());
            print(changed, out -> out.println(Table.printable(name + " is changed.")));
            return 0;
        }
    }

    /** {@code connector delete}. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes an instance that the runtime keeps, and names the flows that used it.")
    static final class Delete extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String name = "";

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode gone = runtime().delete(path(name));
            print(gone, out -> {
                out.println(Table.printable(name + " is gone."));
                gone.path("usedBy")
                        .forEach(file ->
                                out.println("  " + Table.printable(file.asText()) + " uses it: its calls fail"));
            });
            return 0;
        }
    }
}
