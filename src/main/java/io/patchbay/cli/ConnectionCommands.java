package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code connector connect} and {@code connector disconnect}: instances that a person lets into a system, in a browser. */
final class ConnectionCommands {

    private ConnectionCommands() {}

    private abstract static class ConnectionVerb extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
        private String instance = "";

        ConnectionVerb(Terminal terminal) {
            super(terminal);
        }

        final String path() {
            return "/api/v1/instances/" + RuntimeClient.encoded(instance) + "/connection";
        }

        final String instance() {
            return instance;
        }
    }

    /** {@code connector connect}. */
    @Command(
            name = "connect",
            mixinStandardHelpOptions = true,
            description = "Says whether a person has let the instance into its system, and on which page that is done.")
    static final class ConnectCommand extends ConnectionVerb {

        ConnectCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode connection = runtime().get(path());
            print(connection, out -> tell(connection, out));
            return connection.path("needed").asBoolean()
                            && !connection.path("connected").asBoolean()
                    ? Refused.FAILED
                    : 0;
        }

        private void tell(JsonNode connection, PrintWriter out) {
            if (!connection.path("needed").asBoolean()) {
                out.println(Table.printable(instance() + " proves itself by its settings: nobody has to connect it."));
                return;
            }
            boolean connected = connection.path("connected").asBoolean();
            out.println(Table.printable(instance()
                    + (connected
                            ? ": connected since "
                                    + connection.path("connectedAt").asText()
                            : ": not connected")));
            if (connection.path("missingScopes").isTextual()) {
                out.println(Table.printable("  scopes not given: "
                        + connection.path("missingScopes").asText()));
            }
            out.println(Table.printable((connected ? "  to connect it again, open " : "  to connect it, open ")
                    + connection.path("page").asText()));
            out.println(Table.printable("  redirect address to register at the system: "
                    + connection.path("redirect").asText()));
        }
    }

    /** {@code connector disconnect}. */
    @Command(
            name = "disconnect",
            mixinStandardHelpOptions = true,
            description =
                    "Deletes the tokens of an instance that a person connected; what needs them fails from then on.")
    static final class DisconnectCommand extends ConnectionVerb {

        DisconnectCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode connection = runtime().delete(path());
            print(connection, out -> {
                out.println(Table.printable(instance() + ": not connected"));
                if (connection.path("rest").isTextual()) {
                    out.println(Table.printable("  " + connection.path("rest").asText()));
                }
            });
            return 0;
        }
    }
}
