package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callers}: systems that may call the inbound API. */
@Command(
        name = "callers",
        mixinStandardHelpOptions = true,
        description = "Lists the systems that may call the inbound API; makes one known, or ends its access.")
final class CallersCommand extends RuntimeVerb {

    private static final String PATH = "/api/v1/callers";

    @ArgGroup
    private @Nullable Change change;

    @Option(
            names = "--per-minute",
            paramLabel = "N",
            description = "With --create or --limit: most requests a minute; 120 when not given.")
    private @Nullable Integer perMinute;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "With --create or --limit: largest body, like 2MB; what the address takes when not given.")
    private @Nullable String maxBody;

    /** What is to be done with one caller. */
    static final class Change {
        @Option(
                names = "--create",
                paramLabel = "NAME",
                description = "Makes a caller known and shows its secret, this once.")
        private @Nullable String create;

        @Option(
                names = "--limit",
                paramLabel = "NAME",
                description = "Changes both limits of a caller; its secret and tokens stay.")
        private @Nullable String limit;

        @Option(names = "--revoke", paramLabel = "NAME", description = "Ends a caller's access with all its tokens.")
        private @Nullable String revoke;
    }

    CallersCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Change wanted = change;
        if ((perMinute != null || maxBody != null)
                && (wanted == null || (wanted.create == null && wanted.limit == null))) {
            throw new Refused(Refused.WRONG_USE, "--per-minute and --max-body go with --create or --limit.");
        }
        if (wanted == null) {
            JsonNode list = runtime().get(PATH + "?limit=500");
            print(
                    list,
                    new Table("caller", "client id", "per minute", "max body", "since", "revoked"),
                    one -> List.of(
                            one.path("name").asText(),
                            one.path("clientId").asText(),
                            one.path("perMinute").asText(),
                            one.path("maxBodyBytes").asText(""),
                            one.path("createdAt").asText(),
                            one.path("revokedAt").asText("")),
                    "There are no callers yet.");
        } else if (wanted.create != null) {
            ObjectNode request = limits().put("name", wanted.create);
            JsonNode made = runtime().post(PATH, "application/json", BodyPublishers.ofString(request.toString()));
            print(made, out -> {
                out.println("client id:     " + made.path("clientId").asText());
                out.println("client secret: " + made.path("clientSecret").asText());
                out.println("The secret is not kept: give it to the caller now.");
            });
        } else if (wanted.limit != null) {
            JsonNode limited = runtime()
                    .post(
                            PATH + "/" + RuntimeClient.encoded(wanted.limit) + "/limits",
                            "application/json",
                            BodyPublishers.ofString(limits().toString()));
            print(
                    limited,
                    out -> out.println(Table.printable(limited.path("name").asText()) + " may call "
                            + limited.path("perMinute").asText() + " times a minute, with "
                            + (limited.path("maxBodyBytes").isNull()
                                    ? "what each address takes."
                                    : "at most " + limited.path("maxBodyBytes").asText() + " bytes.")));
        } else {
            JsonNode gone =
                    runtime().post(PATH + "/" + RuntimeClient.encoded(String.valueOf(wanted.revoke)) + "/revoke");
            print(gone, out -> out.println(Table.printable(gone.path("name").asText()) + " may not call any more."));
        }
        return 0;
    }

    private ObjectNode limits() {
        return Json.object().put("perMinute", perMinute).put("maxBody", maxBody);
    }
}
