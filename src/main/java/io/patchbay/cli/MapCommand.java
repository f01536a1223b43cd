package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.flow.Flow;
import io.patchbay.payload.RecordPath;
import io.patchbay.problem.Location;
import io.patchbay.route.MapPreviews;
import io.patchbay.shape.map.Preview;
import io.patchbay.shape.map.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code map}: maps without a run. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        description = "Maps of flows: tries one on a sample, proposes fields.")
final class MapCommand implements Runnable {

    private static final int MOST_SHOWN = 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: try or suggest.");
    }

    /** {@code map try}. */
    @Command(
            name = "try",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what a map makes of a sample: what each field read, what each function made of it, and what it wrote.",
                "Needs no runtime."
            })
    static final class Try implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        @Parameters(
                index = "0",
                paramLabel = "FLOW",
                description = "Id of the flow, or its file, which may lie anywhere.")
        private String flow = "";

        @Option(
                names = "--sample",
                paramLabel = "FILE",
                required = true,
                description =
                        "A file with records, or one record: JSON, CSV, NDJSON, XML, YAML, XLSX, EDIFACT or X12 by its name or beginning.")
        private Path sample = Path.of("");

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "Format of the sample, like csv, in place of what its name says.")
        private @Nullable String format;

        @Option(
                names = "--content",
                paramLabel = "YAML",
                description = "How the sample is read, in the words of content of an endpoint, like"
                        + " '{ format: csv, csv: { delimiter: \";\" } }'; needed for columns of fixed width.")
        private @Nullable String content;

        @Option(
                names = "--record",
                paramLabel = "N",
                description = "Number of the one record that is tried, from 1; without it all, 100 at most.")
        private @Nullable Long record;

        @Option(names = "--shape", paramLabel = "ID", description = "Id of the map; not needed where the flow has one.")
        private @Nullable String shape;

        @Option(
                names = "--records",
                paramLabel = "PATH",
                description = "Where the records of the sample stand, like $$.orders[*].")
        private @Nullable String records;

        @Option(names = "--meta", paramLabel = "NAME=TEXT", description = "Metadata of the payload.")
        private Map<String, String> meta = new TreeMap<>();

        @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable of the flow.")
        private Map<String, String> variables = new TreeMap<>();

        Try(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            NamedFlow named = NamedFlow.of(flow, home, terminal);
            Flow found = named.flow();
            Map<String, JsonNode> values = new TreeMap<>();
            variables.forEach((name, text) -> values.put(name, Json.literal(text)));
            try {
                Preview preview = MapPreviews.of(
                        found,
                        named.files().world().around(found.id(), found.variables()),
                        shape,
                        sample().with(meta, values));
                PrintWriter out = spec.commandLine().getOut();
                if (json.wanted()) {
                    out.println(Json.text(json(preview)));
                } else {
                    tell(preview, out);
                }
                out.flush();
                return preview.good() ? 0 : Refused.FAILED;
            } catch (MapPreviews.NoPreviewException e) {
                throw new Refused(Refused.WRONG_USE, sentence(String.valueOf(e.getMessage())));
            }
        }

        private Sample sample() {
            if (format != null && content != null) {
                throw new Refused(Refused.WRONG_USE, "Give --format or --content, which names the format, too.");
            }
            if (record != null && record < 1) {
                throw new Refused(Refused.WRONG_USE, "--record is a number from 1.");
            }
            return new SampleOfMap(terminal, sample)
                    .content(format, content, path(), record == null ? 0 : record)
                    .sample();
        }

        private @Nullable RecordPath path() {
            try {
                return records == null ? null : RecordPath.parse(records);
            } catch (IllegalArgumentException e) {
                throw new Refused(Refused.WRONG_USE, String.valueOf(e.getMessage()));
            }
        }
    }

    private static String sentence(String text) {
        String end = text.endsWith("?") ? "" : ".";
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
    }

    private static void tell(Preview preview, PrintWriter out) {
        if (preview.language() != null) {
            out.println("The map is an expression in " + preview.language() + ": there are no fields to show.");
        }
        for (Preview.Mapped one : preview.records()) {
            out.println("record " + one.number() + (one.failure() == null ? "" : ": failed"));
            Table table = new Table("line", "field", "what happened");
            for (Preview.FieldTrace field : one.fields()) {
                row(field, table);
            }
            if (preview.language() == null) {
                table.print("  ", out);
            }
            failures(one)
                    .forEach(failure -> out.println("  "
                            + Table.printable(
                                    at(failure.at()) + ": " + failure.message() + " [" + failure.code() + "]")));
        }
        out.println("result");
        JsonNode result = preview.result();
        out.println(result == null ? "nothing" : Json.shown(result.toString()));
        if (preview.more() > 0) {
            out.println(preview.more() + " more records of the sample were not looked at.");
        }
    }

    /** Of its fields, or of the record as a whole. */
    private static List<Preview.Failure> failures(Preview.Mapped one) {
        List<Preview.Failure> all = new ArrayList<>();
        for (Preview.FieldTrace field : one.fields()) {
            if (field.failure() != null) {
                all.add(field.failure());
            }
        }
        Preview.Failure whole = one.failure();
        return !all.isEmpty() || whole == null ? all : List.of(whole);
    }

    private static String at(Location at) {
        return at.file() + ":" + at.line() + ":" + at.column();
    }

    private static void row(Preview.FieldTrace field, Table table) {
        String line = String.valueOf(field.at().line());
        String name = field.to();
        if (field.values().isEmpty()) {
            table.row(List.of(line, name, word(field.outcome())));
        }
        for (Preview.ValueTrace value : field.values()) {
            StringBuilder text = new StringBuilder(shown(value.in()));
            value.steps()
                    .forEach(step -> text.append(" > ")
                            .append(step.function())
                            .append(": ")
                            .append(shown(step.out())));
            if (field.outcome() == Preview.Outcome.FAILED && value.equals(last(field))) {
                text.append(" > failed");
            }
            table.row(List.of(line, name, text.toString()));
            line = "";
            name = "";
        }
        if (field.more() > 0) {
            table.row(List.of("", "", "and " + field.more() + " more values"));
        }
    }

    private static Preview.ValueTrace last(Preview.FieldTrace field) {
        return field.values().get(field.values().size() - 1);
    }

    private static String word(Preview.Outcome outcome) {
        return switch (outcome) {
            case WRITTEN -> "written";
            case NOTHING -> "nothing to line up";
            case SKIPPED -> "skipped: its condition does not hold";
            case FAILED -> "failed";
        };
    }

    private static String shown(@Nullable JsonNode value) {
        String text = value == null ? "(nothing)" : value.toString();
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    /** As the API shows it. */
    private static ObjectNode json(Preview preview) {
        ObjectNode all = Json.object()
                .put("shape", preview.shape())
                .put("language", preview.language())
                .put("good", preview.good());
        all.set("result", preview.result());
        ArrayNode records = all.putArray("records");
        for (Preview.Mapped one : preview.records()) {
            ObjectNode record = records.addObject().put("number", one.number());
            record.set("result", one.result());
            failure(one.failure(), record);
            ArrayNode fields = record.putArray("fields");
            one.fields().forEach(field -> field(field, fields.addObject()));
        }
        return all.put("more", preview.more());
    }

    private static void field(Preview.FieldTrace field, ObjectNode into) {
        into.put("to", field.to())
                .put("line", field.at().line())
                .put("outcome", field.outcome().name().toLowerCase(Locale.ROOT));
        ArrayNode values = into.putArray("values");
        for (Preview.ValueTrace one : field.values()) {
            ObjectNode value = values.addObject();
            value.set("in", one.in());
            ArrayNode steps = value.putArray("steps");
            one.steps()
                    .forEach(step ->
                            steps.addObject().put("function", step.function()).set("out", step.out()));
            value.set("out", one.out());
        }
        into.put("more", field.more());
        failure(field.failure(), into);
    }

    private static void failure(Preview.@Nullable Failure failure, ObjectNode into) {
        if (failure == null) {
            into.putNull("failure");
            return;
        }
        into.putObject("failure")
                .put("code", failure.code())
                .put("message", failure.message())
                .put("line", failure.at().line())
                .put("column", failure.at().column())
                .put("function", failure.function());
    }
}
