package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cursors}: how far flows came in lists that grow. */
@Command(
        name = "cursors",
        mixinStandardHelpOptions = true,
        description =
                "Lists how far flows came in lists that grow; with flow, instance, endpoint and, where it has inputs, their digest, shows one, puts it"
                        + " elsewhere or forgets it.")
final class CursorsCommand extends RuntimeVerb {

    private static final int MOST = 500;
    private static final int ONE = 3;

    @Parameters(
            arity = "0..4",
            paramLabel = "FLOW INSTANCE ENDPOINT DIGEST",
            hideParamSyntax = true,
            description = "Whose cursor; a flow alone lists its cursors.")
    private List<String> of = List.of();

    @ArgGroup
    private @Nullable Change change;

    /** What is to be done with one cursor. */
    static final class Change {
        @Option(names = "--to", paramLabel = "POSITION", description = "Puts it here: a time, a number or a token.")
        private @Nullable String to;

        @Option(names = "--back", paramLabel = "TIME", description = "Puts it so much earlier, like 7d.")
        private @Nullable String back;

        @Option(names = "--forget", description = "Forgets it: the next run begins where the connector says.")
        private boolean forget;
    }

    CursorsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        if (of.size() == 2 || (change != null && of.size() < ONE)) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "One cursor is named by FLOW, INSTANCE and ENDPOINT, and DIGEST where it has inputs.");
        }
        RuntimeClient runtime = runtime();
        JsonNode answer = of.size() >= ONE ? one(runtime) : list(runtime);
        print(answer, out -> tell(answer, out));
        return 0;
    }

    private void tell(JsonNode answer, PrintWriter out) {
        Table table =
                new Table("flow", "instance", "endpoint", "digest", "inputs", "kind", "position", "moved at", "by run");
        for (JsonNode cursor : answer.has("data") ? answer.path("data") : List.of(answer)) {
            table.row(List.of(
                    cursor.path("flow").asText(),
                    cursor.path("instance").asText(),
                    cursor.path("endpoint").asText(),
                    cursor.path("digest").asText(),
                    cursor.path("inputs").asText(),
                    cursor.path("kind").asText(),
                    cursor.path("position").asText(),
                    cursor.path("movedAt").asText(),
                    cursor.path("run").isTextual() ? cursor.path("run").asText() : "an operator"));
        }
        if (table.isEmpty()) {
            out.println(of.isEmpty() ? "There are no cursors yet." : "There are no such cursors.");
        }
        table.print("", out);
        rest(answer, out);
        Change changed = change;
        if (changed != null) {
            out.println(changed.forget ? "It is forgotten." : "The next run begins there.");
        }
    }

    private JsonNode list(RuntimeClient runtime) {
        return runtime.get(
                "/api/v1/cursors?limit=" + MOST + (of.isEmpty() ? "" : "&flow=" + RuntimeClient.encoded(of.get(0))));
    }

    private JsonNode one(RuntimeClient runtime) {
        String path = "/api/v1/cursors/"
                + of.stream().limit(ONE).map(RuntimeClient::encoded).collect(Collectors.joining("/"));
        String digest = "?digest=" + (of.size() > ONE ? RuntimeClient.encoded(of.get(ONE)) : "");
        Change wanted = change;
        if (wanted == null) {
            return runtime.get(path + digest);
        }
        if (wanted.forget) {
            return runtime.post(path + "/forget" + digest);
        }
        return runtime.post(path + "/move" + digest + "&"
                + (wanted.to != null
                        ? "to=" + RuntimeClient.encoded(wanted.to)
                        : "back=" + RuntimeClient.encoded(String.valueOf(wanted.back))));
    }
}
