package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: who may call the API. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Keys of the API: lists them, makes one, ends one.")
final class KeysCommand implements Runnable {

    private static final String ALL = "/api/v1/keys";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: list, add or remove.");
    }

    /** {@code keys list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists keys by name; never the keys.")
    static final class ListCommand extends RuntimeVerb {

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode list = runtime().get(ALL + "?limit=500");
            print(
                    list,
                    new Table("key", "role", "flows", "made by", "expires", "last used"),
                    one -> List.of(
                            one.path("name").asText(),
                            one.path("role").asText(),
                            flows(one),
                            one.path("madeBy").asText(),
                            one.path("expiresAt").asText(),
                            one.path("lastUsedAt").asText("")),
                    "There are no keys yet.");
            return 0;
        }

        private static String flows(JsonNode key) {
            List<String> flows = new ArrayList<>();
            key.path("flows").forEach(flow -> flows.add(flow.asText()));
            return flows.isEmpty() ? "all" : String.join(" ", flows);
        }
    }

    /** {@code keys add}. */
    @Command(name = "add", mixinStandardHelpOptions = true, description = "Makes a key and shows it, this once.")
    static final class AddCommand extends RuntimeVerb {

        @Parameters(paramLabel = "NAME", description = "What it is called: small letters, digits and '-'.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "What it may do: administrator, manager, user or read-only.")
        private String role = "";

        @Option(
                names = "--flow",
                paramLabel = "FLOW",
                description = "Holds for this flow only; * stands for any characters. May be given several times.")
        private @Nullable List<String> flows;

        @Option(
                names = "--keep",
                paramLabel = "TIME",
                description = "How long it is good, like 30d, at most 730d; 90d when not given.")
        private @Nullable String keep;

        AddCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            ObjectNode request = Json.object().put("name", name).put("role", role);
            if (flows != null) {
                flows.forEach(request.withArray("flows")::add);
            }
            if (keep != null) {
                request.put("keep", keep);
            }
            JsonNode made = runtime().post(ALL, "application/json", BodyPublishers.ofString(request.toString()));
            print(made, out -> {
                out.println("key: " + made.path("key").asText());
                out.println("It ends at " + made.path("expiresAt").asText() + " and is not kept: note it now.");
            });
            return 0;
        }
    }

    /** {@code keys remove}. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Ends a key at once.")
    static final class RemoveCommand extends RuntimeVerb {

        @Parameters(paramLabel = "NAME", description = "Which key.")
        private String name = "";

        RemoveCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode gone = runtime().delete(ALL + "/" + RuntimeClient.encoded(name));
            print(
                    gone,
                    out -> out.println(
                            "Key " + Table.printable(gone.path("name").asText()) + " lets nobody in any more."));
            return 0;
        }
    }
}
