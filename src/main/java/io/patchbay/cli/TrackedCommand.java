package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tracked}: what happened to a record. */
@Command(
        name = "tracked",
        mixinStandardHelpOptions = true,
        description = "Searches what trackData shapes saw, newest first.")
final class TrackedCommand extends RuntimeVerb {

    @Option(names = "--entity", paramLabel = "NAME", description = "Only of this entity, like order.")
    private @Nullable String entity;

    @Option(names = "--value", paramLabel = "VALUE", description = "Only this value, the whole of it.")
    private @Nullable String value;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only values that begin like this.")
    private @Nullable String prefix;

    @Option(names = "--flow", paramLabel = "FLOW", description = "Only this flow's.")
    private @Nullable String flow;

    @Option(names = "--direction", paramLabel = "WAY", description = "Only these: receive or send.")
    private @Nullable String direction;

    @Option(
            names = "--success",
            arity = "1",
            paramLabel = "true|false",
            description = "Only successes, or only what is none.")
    private @Nullable Boolean success;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most entries, 1 to 500 (default ${DEFAULT-VALUE}).")
    private int limit;

    TrackedCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Query query = new Query("/api/v1/tracked")
                .with("limit", limit)
                .with("entity", entity)
                .with("value", value)
                .with("prefix", prefix)
                .with("flow", flow)
                .with("direction", direction)
                .with("success", success);
        JsonNode answer = runtime().get(query.toString());
        print(
                answer,
                new Table("seen at", "entity", "value", "direction", "outcome", "source", "flow", "shape", "run"),
                one -> List.of(
                        one.path("seenAt").asText(),
                        one.path("entity").asText(),
                        one.path("value").asText(),
                        one.path("direction").asText(),
                        outcome(one),
                        one.path("source").isTextual() ? one.path("source").asText() : "",
                        one.path("flow").asText(),
                        one.path("shape").asText(),
                        one.path("run").asText()),
                "Nothing like it was tracked.");
        return 0;
    }

    /** What became of the record, as far as it is known: its shape saw but the moment at which it passed. */
    private static String outcome(JsonNode one) {
        if (one.path("failedAt").isTextual()) {
            String state = one.path("failedState").asText();
            return "failed at " + one.path("failedAt").asText()
                    + (state.equals("resolved") || state.equals("replayed") || state.equals("caught")
                            ? ", " + state
                            : "");
        }
        if (!one.path("success").asBoolean()) {
            return "failed";
        }
        return switch (one.path("runStatus").asText("")) {
            case "succeeded" -> "went well";
            case "partial" -> "passed, its run failed in part";
            case "failed" -> "passed, its run failed";
            case "stopped" -> "passed, its run was stopped";
            case "running", "queued" -> "passed, its run goes on";
            default -> "passed, its run is not kept";
        };
    }
}
