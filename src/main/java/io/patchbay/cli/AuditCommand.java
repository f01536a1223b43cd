package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit}: who did what. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Lists who changed, ran, replayed or read what, and who was not let, newest first.")
final class AuditCommand extends RuntimeVerb {

    @Option(names = "--actor", paramLabel = "NAME", description = "Only of this user or key.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this operation, like startFlows or login.")
    private @Nullable String action;

    @Option(names = "--subject", paramLabel = "TEXT", description = "Only what is about something that begins so.")
    private @Nullable String subject;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "Only done, failed, denied or allowed.")
    private @Nullable String outcome;

    @Option(names = "--since", paramLabel = "INSTANT", description = "From this instant on, like 2026-11-30T06:40:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Before this instant.")
    private @Nullable String until;

    @Mixin
    private Part part = new Part();

    AuditCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Query query = part.of("/api/v1/audit")
                .with("actor", actor)
                .with("action", action)
                .with("subject", subject)
                .with("outcome", outcome)
                .with("since", since)
                .with("until", until);
        JsonNode list = runtime().get(query.toString());
        printPart(
                list,
                new Table("at", "actor", "role", "from", "action", "about", "outcome", ">status"),
                one -> List.of(
                        one.path("at").asText(),
                        one.path("actor").asText(),
                        one.path("role").isTextual() ? one.path("role").asText() : "-",
                        one.path("address").asText(),
                        one.path("action").asText(),
                        one.path("subject").asText(),
                        one.path("outcome").asText(),
                        one.path("status").isNumber() ? one.path("status").asText() : "-"),
                "There are none such.");
        return 0;
    }
}
