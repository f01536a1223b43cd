package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts}: what people were told, and what could not be sent. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "Lists what is the matter and who was told, newest first; with --all also what is over.")
final class AlertsCommand extends RuntimeVerb {

    @Option(names = "--all", description = "Also those that are over.")
    private boolean all;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind: failed_runs, no_success, ….")
    private @Nullable String kind;

    @Option(names = "--of", paramLabel = "NAME", description = "Only of this flow or instance.")
    private @Nullable String of;

    @Mixin
    private Part part = new Part();

    AlertsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Query query = part.of("/api/v1/alerts")
                .with("open", all ? null : true)
                .with("kind", kind)
                .with("subject", of);
        JsonNode list = runtime().get(query.toString());
        print(list, out -> tell(list, out));
        return 0;
    }

    private static void tell(JsonNode list, PrintWriter out) {
        Table table = new Table("kind", "of", "since", "over", "times", "sent", "not sent");
        for (JsonNode one : list.path("data")) {
            table.row(List.of(
                    one.path("kind").asText(),
                    one.path("subject").asText(),
                    one.path("openedAt").asText(),
                    one.path("overAt").asText("-"),
                    one.path("times").asText(),
                    String.valueOf(messages(one, true)),
                    String.valueOf(messages(one, false))));
        }
        table.printOr("There are none.", out);
        for (JsonNode one : list.path("data")) {
            out.println();
            out.println(Table.printable(
                    one.path("kind").asText() + " " + one.path("subject").asText()));
            one.path("sentence").asText().lines().forEach(line -> out.println("  " + Table.printable(line)));
            if (one.path("mutedUntil").isTextual()) {
                out.println("  muted until " + one.path("mutedUntil").asText());
            }
            if (one.path("open").asBoolean()) {
                out.println("  hint: " + Table.printable(one.path("advice").asText()));
            }
            for (JsonNode message : one.path("messages")) {
                if (!message.path("state").asText().equals("sent")
                        && message.path("problem").isTextual()) {
                    out.println("  not sent: "
                            + Table.printable(message.path("problem").asText()));
                }
            }
        }
        Part.rest(list, out);
    }

    private static long messages(JsonNode alert, boolean sent) {
        long count = 0;
        for (JsonNode message : alert.path("messages")) {
            count += message.path("state").asText().equals("sent") == sent ? 1 : 0;
        }
        return count;
    }
}
