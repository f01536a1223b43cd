package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code users}: people who log in with a password. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description = "People who log in with a password: lists them, makes them known, changes and ends them.")
final class UsersCommand implements Runnable {

    private static final String ALL = "/api/v1/users";
    private static final String JSON = "application/json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A verb is missing: list, add, password, role, code or remove.");
    }

    private static String path(String name) {
        return ALL + "/" + RuntimeClient.encoded(name);
    }

    /** The first line of standard input: an option would show it to other users of the machine. */
    private static String password(Terminal terminal) {
        try {
            String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
            if (line != null && !line.isEmpty()) {
                return line;
            }
        } catch (IOException e) {
            throw new Refused(Refused.FAILED, "Standard input cannot be read: " + e.getMessage() + ".");
        }
        throw new Refused(Refused.WRONG_USE, "Give the password as a line on standard input.");
    }

    /** {@code users list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists users by name.")
    static final class ListCommand extends RuntimeVerb {

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode list = runtime().get(ALL + "?limit=500");
            print(
                    list,
                    new Table("user", "role", "code", "since", "changed"),
                    one -> List.of(
                            one.path("name").asText(),
                            one.path("role").asText(),
                            one.path("code").asBoolean() ? "yes" : "no",
                            one.path("createdAt").asText(),
                            one.path("changedAt").asText()),
                    "There are no users yet.");
            return 0;
        }
    }

    /** What verbs about one user share. */
    private abstract static class OfOne extends RuntimeVerb {

        @Parameters(paramLabel = "NAME", description = "What the user logs in with.")
        private String name = "";

        OfOne(Terminal terminal) {
            super(terminal);
        }

        final String name() {
            return name;
        }

        final String path() {
            return UsersCommand.path(name);
        }

        final Integer said(JsonNode answer, String sentence) {
            print(answer, out -> out.println(sentence));
            return 0;
        }
    }

    /** {@code users add}. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Makes a user known; the password is a line on standard input.")
    static final class AddCommand extends OfOne {

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "What they may do: administrator, manager, user or read-only.")
        private String role = "";

        AddCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            ObjectNode request = Json.object().put("name", name()).put("role", role);
            request.put("password", password(terminal()));
            JsonNode made = runtime().post(ALL, JSON, BodyPublishers.ofString(request.toString()));
            return said(made, Table.printable(name()) + " may log in as " + Table.printable(role) + ".");
        }
    }

    /** {@code users password}. */
    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Gives a user another password, a line on standard input.")
    static final class PasswordCommand extends OfOne {

        PasswordCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            ObjectNode request = Json.object().put("password", password(terminal()));
            JsonNode done = runtime().post(path() + "/password", JSON, BodyPublishers.ofString(request.toString()));
            return said(done, "The password is changed; sessions that began before it end.");
        }
    }

    /** {@code users role}. */
    @Command(name = "role", mixinStandardHelpOptions = true, description = "Gives a user another role.")
    static final class RoleCommand extends OfOne {

        @Parameters(paramLabel = "ROLE", description = "administrator, manager, user or read-only.")
        private String role = "";

        RoleCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            ObjectNode request = Json.object().put("role", role);
            JsonNode done = runtime().post(path() + "/role", JSON, BodyPublishers.ofString(request.toString()));
            return said(done, Table.printable(name()) + " is " + Table.printable(role) + " now.");
        }
    }

    /** {@code users code}. */
    @Command(
            name = "code",
            mixinStandardHelpOptions = true,
            description = "Asks a user for a one-time code from now on, and shows the secret for the app, this once.")
    static final class CodeCommand extends OfOne {

        @Option(names = "--end", description = "Asks for no code any more.")
        private boolean end;

        CodeCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            if (end) {
                return said(runtime().delete(path() + "/code"), "No code is asked for any more.");
            }
            JsonNode made = runtime().post(path() + "/code");
            print(made, out -> {
                out.println("secret: " + made.path("secret").asText());
                out.println("for an app: " + made.path("uri").asText());
                out.println("From now on the six digits that the app shows stand behind the password.");
            });
            return 0;
        }
    }

    /** {@code users remove}. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Ends a user.")
    static final class RemoveCommand extends OfOne {

        RemoveCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return said(runtime().delete(path()), Table.printable(name()) + " may not log in any more.");
        }
    }
}
