package io.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dry run as text: the same run gives the same text, so that two can be compared. */
final class DryText {

    private DryText() {}

    /** Payloads and what systems said stand in it: nothing of them must steer the terminal. */
    static void print(JsonNode report, PrintWriter out) {
        StringWriter text = new StringWriter();
        write(report, new PrintWriter(text));
        out.print(Table.printableLines(text.toString()));
        out.flush();
    }

    private static void write(JsonNode report, PrintWriter out) {
        out.println("dry run of " + report.path("flow").asText() + ": "
                + report.path("status").asText());
        if (report.path("reason").isTextual()) {
            out.println("  " + report.path("reason").asText());
        }
        reads(report, out);
        Map<String, List<JsonNode>> byShape = new LinkedHashMap<>();
        report.path("shapes").forEach(shape -> byShape.put(shape.path("shape").asText(), new ArrayList<>()));
        report.path("writes")
                .forEach(write -> byShape.computeIfAbsent(write.path("shape").asText(), any -> new ArrayList<>())
                        .add(write));
        byShape.forEach((shape, writes) ->
                shape(shape, writes, report.path("counts").path(shape).asLong(), out));
        JsonNode answer = report.path("answer");
        if (answer.isObject()) {
            out.println();
            out.println("the caller would get " + answer.path("target").asText());
            body(answer, out);
        }
        logs(report, out);
    }

    private static void reads(JsonNode report, PrintWriter out) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        report.path("reads").forEach(read -> counts.merge(read.path("shape").asText(), 1, Integer::sum));
        counts.forEach((shape, count) -> out.println("  " + shape + " read with " + count(count, "request")));
        if (report.path("writes").isEmpty()) {
            out.println("  nothing would be written");
        }
    }

    private static void shape(String shape, List<JsonNode> writes, long all, PrintWriter out) {
        if (all == 0 && writes.isEmpty()) {
            return;
        }
        out.println();
        out.println((shape.isEmpty() ? "at the end of the run" : shape) + ": " + count(all, "write"));
        for (JsonNode write : writes) {
            out.println("  " + write.path("what").asText() + " "
                    + write.path("target").asText().replace("\n", "\n    ")
                    + (write.path("kind").asText().equals("request")
                            ? ""
                            : " (" + write.path("kind").asText() + ")"));
            write.path("headers")
                    .properties()
                    .forEach(header -> out.println(
                            "    " + header.getKey() + ": " + header.getValue().asText()));
            write.path("with")
                    .properties()
                    .forEach(value -> out.println("    " + value.getKey() + " = " + line(value.getValue())));
            body(write, out);
            out.println("    -> " + write.path("answer").asText());
        }
        if (all > writes.size()) {
            out.println("  and " + (all - writes.size()) + " more, beyond the bounds of dry runs");
        }
    }

    private static String line(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static void body(JsonNode write, PrintWriter out) {
        JsonNode body = write.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return;
        }
        String text = body.isTextual() ? body.asText() : pretty(body);
        text.lines().forEach(one -> out.println("    " + one));
        if (write.path("cut").asBoolean()) {
            out.println("    … the rest of " + write.path("bytes").asLong() + " bytes is cut off");
        }
    }

    private static String pretty(JsonNode body) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            return body.toString();
        }
    }

    private static void logs(JsonNode report, PrintWriter out) {
        if (report.path("logs").isEmpty()) {
            return;
        }
        out.println();
        out.println("log:");
        report.path("logs")
                .forEach(one -> out.println("  " + one.path("level").asText() + " "
                        + (one.path("shape").isTextual() ? one.path("shape").asText() + ": " : "")
                        + one.path("text").asText()));
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
