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
                        + " elsewhere or forgets it. With --keys the same of lists whose keys are kept, because their deletes are what is missing in"
                        + " them.")
final class CursorsCommand extends RuntimeVerb {

    private static final int MOST = 500;
    private static final int ONE = 3;

    @Parameters(
            arity = "0..4",
            paramLabel = "FLOW INSTANCE ENDPOINT DIGEST",
            hideParamSyntax = true,
            description = "Whose cursor; a flow alone lists its cursors.")
    private List<String> of = List.of();

    @Option(names = "--keys", description = "Is about lists whose keys are kept.")
    private boolean keys;

    @ArgGroup
    private @Nullable Change change;

    /** What is to be done with one cursor. */
    static final class Change {
        @Option(names = "--to", paramLabel = "POSITION", description = "Puts it here: a time, a number or a token.")
        private @Nullable String to;

        @Option(names = "--back", paramLabel = "TIME", description = "Puts it so much earlier, like 7d.")
        private @Nullable String back;

        @Option(
                names = "--forget",
                description =
                        "Forgets it: the next run begins where the connector says; with --keys it tells no deletes.")
        private boolean forget;

        @Option(
                names = "--allow",
                description = "Lets the next run that ends well tell deletes, whatever is missing (--keys).")
        private boolean allow;
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
        if (change != null && !change.forget && change.allow != keys) {
            throw new Refused(
                    Refused.WRONG_USE,
                    keys ? "With --keys there is --allow or --forget." : "--allow is about keys: say --keys, too.");
        }
        RuntimeClient runtime = runtime();
        JsonNode answer = of.size() >= ONE ? one(runtime) : list(runtime);
        print(answer, out -> {
            if (keys) {
                tellKeys(answer, out);
            } else {
                tell(answer, out);
            }
        });
        return 0;
    }

    private void tell(JsonNode answer, PrintWriter out) {
        Table table =
                new Table("flow", "instance", "endpoint", "digest", "inputs", "kind", "position", "moved at", "by run");
        for (JsonNode cursor : all(answer)) {
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
        table.printOr(of.isEmpty() ? "There are no cursors yet." : "There are no such cursors.", out);
        rest(answer, out);
        Change changed = change;
        if (changed != null) {
            out.println(changed.forget ? "It is forgotten." : "The next run begins there.");
        }
    }

    private void tellKeys(JsonNode answer, PrintWriter out) {
        Table table = new Table(
                "flow",
                "instance",
                "endpoint",
                "digest",
                "inputs",
                "key",
                "keys",
                "bytes",
                "kept at",
                "by run",
                "allowed");
        for (JsonNode list : all(answer)) {
            table.row(List.of(
                    list.path("flow").asText(),
                    list.path("instance").asText(),
                    list.path("endpoint").asText(),
                    list.path("digest").asText(),
                    list.path("inputs").asText(),
                    list.path("fields").asText(),
                    list.path("keys").asText(),
                    list.path("bytes").asText(),
                    list.path("keptAt").asText(),
                    list.path("run").asText(),
                    list.path("allowed").asBoolean() ? "once" : ""));
        }
        table.printOr("There are no lists with known keys.", out);
        rest(answer, out);
        Change changed = change;
        if (changed != null) {
            out.println(
                    changed.forget
                            ? "They are forgotten: the next run tells no deletes."
                            : "The next run that ends well tells deletes, whatever is missing.");
        }
    }

    private static Iterable<JsonNode> all(JsonNode answer) {
        return answer.has("data") ? answer.path("data") : List.of(answer);
    }

    private String path() {
        return keys ? "/api/v1/known-keys" : "/api/v1/cursors";
    }

    private JsonNode list(RuntimeClient runtime) {
        return runtime.get(
                path() + "?limit=" + MOST + (of.isEmpty() ? "" : "&flow=" + RuntimeClient.encoded(of.get(0))));
    }

    private JsonNode one(RuntimeClient runtime) {
        String path = path() + "/"
                + of.stream().limit(ONE).map(RuntimeClient::encoded).collect(Collectors.joining("/"));
        String digest = "?digest=" + (of.size() > ONE ? RuntimeClient.encoded(of.get(ONE)) : "");
        Change wanted = change;
        if (wanted == null) {
            return runtime.get(path + digest);
        }
        if (wanted.forget) {
            return runtime.post(path + "/forget" + digest);
        }
        if (wanted.allow) {
            return runtime.post(path + "/allow" + digest);
        }
        return runtime.post(path + "/move" + digest + "&"
                + (wanted.to != null
                        ? "to=" + RuntimeClient.encoded(wanted.to)
                        : "back=" + RuntimeClient.encoded(String.valueOf(wanted.back))));
    }
}
