package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** Versions of flows as text. */
final class VersionText {

    /** Longest value that is shown of a difference; {@code --json} has all of it. */
    private static final int LONGEST = 60;

    private VersionText() {}

    /** Which version runs, and how the file stands to it. */
    static void state(JsonNode state, PrintWriter out) {
        String flow = state.path("flow").asText();
        JsonNode held = state.path("held");
        boolean runs = state.path("running").isInt();
        StringBuilder said = new StringBuilder(flow).append(": ");
        said.append(runs ? "version " + state.path("running").asText() + " runs" : "no version runs");
        if (held.isObject()) {
            said.append(held(state, held));
        }
        said.append(
                switch (state.path("fileState").asText()) {
                    case "runs" -> runs ? "; its file says the same" : "";
                    case "draft" -> "; its file says something else, which waits for 'patchbay deploy " + flow + "'";
                    default -> "; its file has errors";
                });
        out.println(Table.printable(said.toString()));
    }

    private static String held(JsonNode state, JsonNode held) {
        String by = held.path("by").isTextual() ? " by " + held.path("by").asText() : "";
        String since = " since " + held.path("since").asText();
        String number = held.path("number").asText("?");
        String what = switch (held.path("why").asText()) {
            case "rollback" -> ", after a rollback to " + number;
            case "deploy" -> number.equals(state.path("running").asText()) ? ", deployed" : ", deployed as " + number;
            default -> ", kept";
        };
        String note = held.path("note").isTextual() ? " (" + held.path("note").asText() + ")" : "";
        return what + by + since + note;
    }

    /** Differences, one a line. */
    static void changes(JsonNode changes, PrintWriter out) {
        Table table = new Table("", "what", "where", "before", "after");
        for (JsonNode change : changes) {
            boolean shape = change.path("what").asText().equals("shape");
            table.row(List.of(
                    change.path("kind").asText(),
                    change.path("what").asText(),
                    where(change),
                    shape && !change.path("kind").asText().equals("moved") ? "" : value(change.path("before")),
                    shape && !change.path("kind").asText().equals("moved") ? "" : value(change.path("after"))));
        }
        table.print("  ", out);
    }

    private static String where(JsonNode change) {
        String path = change.path("path").asText();
        if (!change.path("shape").isTextual()) {
            return path;
        }
        String shape = change.path("shape").asText();
        return path.isEmpty() || change.path("what").asText().equals("shape") ? shape : shape + ": " + path;
    }

    private static String value(JsonNode value) {
        String text =
                value.isNull() || value.isMissingNode() ? "" : value.isTextual() ? value.asText() : value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
