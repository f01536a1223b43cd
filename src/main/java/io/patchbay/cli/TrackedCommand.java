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
                new Table("seen at", "entity", "value", "direction", "success", "source", "flow", "shape", "run"),
                one -> List.of(
                        one.path("seenAt").asText(),
                        one.path("entity").asText(),
                        one.path("value").asText(),
                        one.path("direction").asText(),
                        one.path("success").asBoolean() ? "yes" : "no",
                        one.path("source").isTextual() ? one.path("source").asText() : "",
                        one.path("flow").asText(),
                        one.path("shape").asText(),
                        one.path("run").asText()),
                "Nothing like it was tracked.");
        return 0;
    }
}
