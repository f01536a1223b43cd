package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs as text. */
final class RunText {

    private static final List<String> COUNTS =
            List.of("payloadsIn", "payloadsOut", "payloadsFailed", "recordsIn", "recordsOut");

    /** Of the flow's newest. */
    private static final int MOST_FAILED = 200;

    private RunText() {}

    /** One run with its shapes. */
    static void print(JsonNode run, PrintWriter out) {
        out.println("run " + run.path("id").asText() + " of " + run.path("flow").asText() + ": "
                + run.path("status").asText() + took(run));
        if (run.path("version").isInt()) {
            out.println("  version " + run.path("version").asText());
        }
        if (run.path("reason").isTextual()) {
            out.println("  " + Table.printable(run.path("reason").asText()));
        }
        Table table = new Table("shape", "kind", ">in", ">out", ">failed", ">records in", ">records out", ">time");
        for (JsonNode shape : run.path("shapes")) {
            List<String> row = new ArrayList<>();
            row.add(shape.path("shape").asText());
            row.add(shape.path("type").asText());
            COUNTS.forEach(count -> row.add(shape.path(count).asText()));
            row.add(time(shape.path("tookMs").asLong()));
            table.row(row);
        }
        table.print("  ", out);
    }

    /** One run with its shapes, and what failed in it. */
    static void print(JsonNode run, RuntimeClient runtime, PrintWriter out) {
        print(run, out);
        if (run.path("status").asText().equals("succeeded")) {
            return;
        }
        JsonNode failed = runtime.get("/api/v1/failed-payloads?limit=" + MOST_FAILED + "&flow="
                + RuntimeClient.encoded(run.path("flow").asText()));
        Table table = new Table("failed payload", "shape", "state", "reason");
        for (JsonNode one : failed.path("data")) {
            if (one.path("runId").equals(run.path("id"))) {
                table.row(List.of(
                        one.path("id").asText(),
                        one.path("shape").asText(),
                        one.path("state").asText(),
                        one.path("message").asText() + " [" + one.path("code").asText() + "]"));
            }
        }
        if (!table.isEmpty()) {
            out.println("  failed payloads, for 'replay':");
            table.print("  ", out);
        }
    }

    /**
     * A list of runs.
     *
     * @param none what to say when it is empty
     */
    static void printAll(JsonNode runs, String none, PrintWriter out) {
        Table table = new Table("run", "flow", ">version", "status", "trigger", "queued", ">time", "reason");
        for (JsonNode run : runs.path("data")) {
            table.row(List.of(
                    run.path("id").asText(),
                    run.path("flow").asText(),
                    run.path("version").asText(""),
                    run.path("status").asText(),
                    run.path("trigger").asText(),
                    run.path("queuedAt").asText(),
                    run.path("tookMs").isNumber() ? time(run.path("tookMs").asLong()) : "",
                    run.path("reason").asText("")));
        }
        if (table.isEmpty()) {
            out.println(none);
            return;
        }
        table.print("", out);
        if (runs.path("next").isTextual()) {
            out.println("more with --after " + runs.path("next").asText());
        }
    }

    private static String took(JsonNode run) {
        return run.path("tookMs").isNumber() ? " in " + time(run.path("tookMs").asLong()) : "";
    }

    private static String time(long millis) {
        return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
