package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code versions}: which version of each flow runs, or the versions of one. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description = "Lists which version of each flow runs and how its file stands to it; with a flow, its versions.")
final class VersionsCommand extends RuntimeVerb {

    private static final int MOST_FLOWS = 500;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FLOW", description = "Id of a flow.")
    private @Nullable String flow;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most versions of a flow, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--after", paramLabel = "NEXT", description = "Versions of a flow that follow those before.")
    private @Nullable String after;

    @Option(
            names = "--show",
            paramLabel = "VERSION",
            description = "Print the text of one: its number or revision, 'running' or 'file'.")
    private @Nullable String show;

    VersionsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        String named = flow;
        if (show != null) {
            if (named == null) {
                throw new Refused(Refused.WRONG_USE, "Name the flow: versions FLOW --show " + show);
            }
            JsonNode text = runtime()
                    .get("/api/v1/flows/" + RuntimeClient.encoded(named) + "/revisions/" + RuntimeClient.encoded(show));
            print(text, out -> out.print(Json.shown(text.path("text").asText())));
        } else if (named == null) {
            all();
        } else {
            one("/api/v1/flows/" + RuntimeClient.encoded(named));
        }
        return 0;
    }

    private void all() {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        String path = "/api/v1/flows?limit=" + MOST_FLOWS;
        String next = path;
        while (next != null) {
            JsonNode page = runtime().get(next);
            page.path("data").forEach(view -> {
                if (view.path("version").isObject()) {
                    data.add(view.path("version"));
                }
            });
            JsonNode after = page.path("next");
            next = after.isTextual() ? path + "&after=" + RuntimeClient.encoded(after.asText()) : null;
        }
        Table table = new Table("flow", ">runs", "file", "deploy", "held since", "by", "note");
        print(
                list,
                table,
                one -> List.of(
                        one.path("flow").asText(),
                        one.path("running").asText("-"),
                        one.path("fileState").asText(),
                        one.path("deploy").asText(),
                        one.at("/held/since").asText(""),
                        one.at("/held/by").asText(""),
                        one.at("/held/note").asText("")),
                "There are no flows.");
    }

    private void one(String path) {
        JsonNode state = runtime().get(path + "/version");
        JsonNode versions = runtime()
                .get(new Query(path + "/revisions")
                        .with("limit", limit)
                        .with("after", after)
                        .toString());
        ObjectNode whole = Json.object();
        whole.set("version", state);
        whole.set("data", versions.path("data"));
        whole.set("next", versions.path("next"));
        print(whole, out -> {
            VersionText.state(state, out);
            list(versions, out);
            Part.rest(versions, out);
        });
    }

    private static void list(JsonNode versions, PrintWriter out) {
        Table table = new Table(">version", "revision", "first", "last run", "by", "", "note");
        for (JsonNode one : versions.path("data")) {
            table.row(List.of(
                    one.path("number").asText(),
                    one.path("revision").asText(),
                    one.path("firstAt").asText(),
                    one.path("lastRunAt").asText("-"),
                    one.path("by").asText("file"),
                    one.path("active").asBoolean() ? "runs" : "",
                    one.path("note").asText("")));
        }
        table.printOr("No version of it is kept.", out);
    }
}
