package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: how two versions of a flow differ. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Says how two versions of a flow differ: what runs and its file, unless others are named.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:they mean the same", "1:they differ, or no runtime answers", "2:wrong use"})
final class DiffCommand extends RuntimeVerb {

    @Parameters(index = "0", paramLabel = "FLOW", description = "Id of a flow.")
    private String flow = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "A",
            defaultValue = "running",
            description = "Number or revision of a version, 'running' or 'file' (default: ${DEFAULT-VALUE}).")
    private String from = "running";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "B",
            defaultValue = "file",
            description = "What it is held against (default: ${DEFAULT-VALUE}).")
    private String to = "file";

    @Option(names = "--text", description = "Compare the texts line by line, those of scripts too.")
    private boolean text;

    DiffCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        JsonNode diff = runtime()
                .get("/api/v1/flows/" + RuntimeClient.encoded(flow) + "/revisions/" + RuntimeClient.encoded(from)
                        + "/diff/" + RuntimeClient.encoded(to));
        print(diff, out -> tell(diff, out));
        boolean same = diff.path("complete").asBoolean()
                ? diff.path("changes").isEmpty()
                : diff.path("text").asText().isEmpty();
        return same ? 0 : 1;
    }

    private void tell(JsonNode diff, PrintWriter out) {
        if (text) {
            out.print(Json.shown(diff.path("text").asText()));
            return;
        }
        String both = diff.path("from").asText() + " and " + diff.path("to").asText();
        if (!diff.path("complete").asBoolean()) {
            out.println("One of " + both + " cannot be read as a flow; --text compares their texts.");
        }
        if (diff.path("changes").isEmpty()) {
            boolean texts = !diff.path("text").asText().isEmpty();
            if (diff.path("complete").asBoolean()) {
                out.println(both + " mean the same" + (texts ? "; --text shows how they are written." : "."));
            }
            return;
        }
        out.println(
                "from " + diff.path("from").asText() + " to " + diff.path("to").asText() + ":");
        VersionText.changes(diff.path("changes"), out);
    }
}
