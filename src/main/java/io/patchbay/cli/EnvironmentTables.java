package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** Environments as text. */
final class EnvironmentTables {

    private EnvironmentTables() {}

    /** What stands for what, and how flows stand. */
    static void environment(JsonNode one, PrintWriter out) {
        out.println(Table.printable(one.path("id").asText() + ": "
                + one.path("name").asText() + " (" + one.path("type").asText() + "), in "
                + one.path("file").asText()));
        out.println(Table.printable("URLs begin with " + one.path("prefix").asText() + "; deploy: "
                + one.path("deploy").asText()));
        Table replaced = new Table("kind", "name", "here");
        one.path("replace")
                .properties()
                .forEach(kind -> kind.getValue()
                        .properties()
                        .forEach(name -> replaced.row(List.of(kind.getKey(), name.getKey(), value(name.getValue())))));
        replaced.printOr("Nothing stands for anything else.", out);
        Table flows = new Table("flow", ">runs", "file", "enabled", "since", "by", "note");
        for (JsonNode flow : one.path("flows")) {
            JsonNode version = flow.path("version");
            flows.row(List.of(
                    flow.path("id").asText(),
                    version.path("running").asText("-"),
                    version.path("fileState").asText("errors"),
                    flow.path("enabled").asBoolean() ? "yes" : "no",
                    version.at("/held/since").asText(""),
                    version.at("/held/by").asText(""),
                    version.at("/held/note").asText("")));
        }
        flows.printOr("It has no flows.", out);
    }

    private static String value(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    /** How two environments differ. */
    static void diff(JsonNode diff, boolean text, PrintWriter out) {
        String from = diff.path("from").asText();
        String to = diff.path("to").asText();
        Table settings = new Table("kind", "name", from, to);
        diff.path("settings")
                .forEach(one -> settings.row(List.of(
                        one.path("kind").asText(),
                        one.path("name").asText(),
                        one.path("from").asText("-"),
                        one.path("to").asText("-"))));
        settings.printOr("They replace the same.", out);
        Table flows = new Table("flow", ">" + from, ">" + to, "");
        for (JsonNode flow : diff.path("flows")) {
            flows.row(List.of(
                    flow.path("flow").asText(),
                    runs(flow, "inFrom", "from"),
                    runs(flow, "inTo", "to"),
                    flow.path("same").asBoolean()
                            ? "the same"
                            : flow.path("diff").isNull() ? "" : "differs"));
        }
        flows.printOr("There are no flows.", out);
        for (JsonNode flow : diff.path("flows")) {
            if (flow.path("diff").isObject() && !flow.path("same").asBoolean()) {
                out.println(Table.printable(flow.path("flow").asText() + ":"));
                if (text) {
                    out.print(Json.shown(flow.at("/diff/text").asText()));
                } else if (flow.at("/diff/changes").isEmpty()) {
                    out.println("  mean the same; --text shows how they are written");
                } else {
                    VersionText.changes(flow.at("/diff/changes"), out);
                }
            }
        }
    }

    private static String runs(JsonNode flow, String in, String number) {
        return !flow.path(in).asBoolean()
                ? "not in it"
                : flow.path(number).isInt() ? flow.path(number).asText() : "-";
    }

    /** What is done, or would be. */
    static void plan(JsonNode plan, boolean done, PrintWriter out) {
        String from = plan.path("from").asText("");
        Table table = new Table("flow", "", "from", ">before");
        for (JsonNode flow : plan.path("flows")) {
            table.row(List.of(
                    flow.path("id").asText(),
                    word(flow.path("action").asText(), done),
                    flow.path("taken").isInt()
                            ? from + " " + flow.path("taken").asText()
                            : from.isEmpty() ? "file" : from,
                    flow.path("before").asText("-")));
        }
        table.print("", out);
        for (JsonNode flow : plan.path("flows")) {
            for (JsonNode one : flow.path("kept")) {
                out.println(Table.printable("  " + flow.path("id").asText() + ": " + kept(one)));
            }
        }
        for (JsonNode one : plan.path("missing")) {
            out.println(Table.printable("  missing: secret "
                    + one.path("secret").asText()
                    + (one.path("instance").isTextual()
                            ? ", which the setting '" + one.path("setting").asText() + "' of instance "
                                    + one.path("instance").asText() + " reads"
                            : ", which " + one.at("/flows/0").asText() + " names")));
        }
        for (JsonNode flow : plan.path("flows")) {
            flow.path("problems").forEach(problem -> problem(problem, out));
        }
        if (!done && plan.path("possible").isBoolean() && !plan.path("possible").asBoolean()) {
            out.println("Nothing can be deployed before that is mended.");
        }
        if (!done) {
            out.println("Plan " + Table.printable(plan.path("id").asText()));
        }
    }

    private static String word(String action, boolean done) {
        return switch (action) {
            case "deploy" -> done ? "deployed" : "would be deployed";
            case "nothing" -> "runs already";
            default -> "cannot run";
        };
    }

    private static String kept(JsonNode one) {
        String name = one.path("name").asText();
        return switch (one.path("kind").asText()) {
            case "flow" -> "starts flow " + name + ", which is not in the environment";
            case "pool", "cache" -> "shares " + one.path("kind").asText() + " " + name + ", as the environment says";
            default -> one.path("kind").asText() + " " + name + " is not replaced";
        };
    }

    private static void problem(JsonNode problem, PrintWriter out) {
        boolean error = problem.path("severity").asText().equals("error");
        out.println(Table.printable("  " + problem.path("file").asText() + ":"
                + problem.path("line").asText() + ":"
                + problem.path("column").asText() + ": " + (error ? "" : "warning: ")
                + problem.path("what").asText() + " [" + problem.path("code").asText() + "]"));
        if (problem.path("hint").isTextual()) {
            out.println(Table.printable("    hint: " + problem.path("hint").asText()));
        }
    }
}
