package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verbs for the services of a runtime: {@code service report}, {@code service resync}, {@code service run}, {@code service remove}. */
final class ServiceItems {

    private ServiceItems() {}

    private static String path(String service) {
        return "/api/v1/services/" + RuntimeClient.encoded(service);
    }

    /** Which items are meant. */
    static final class Which {

        @Option(names = "--status", paramLabel = "STATUS", description = "Only these: ok, sent, pending or failed.")
        private @Nullable String status;

        @Option(
                names = "--text",
                paramLabel = "TEXT",
                description = "Only those whose reference or reason holds this text.")
        private @Nullable String text;

        @Option(
                names = "--since",
                paramLabel = "WHEN",
                description = "From this instant on, at most 15 days back (default: five days back).")
        private @Nullable Instant since;

        @Option(names = "--until", paramLabel = "WHEN", description = "Before this instant.")
        private @Nullable Instant until;

        Query with(Query query) {
            return query.with("status", status)
                    .with("q", text)
                    .with("since", since)
                    .with("until", until);
        }

        boolean nothing() {
            return status == null && text == null && since == null;
        }
    }

    /** {@code service remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes the file of a service, and its tests, out of the home folder of a runtime.")
    static final class RemoveCommand extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service.")
        private String service = "";

        @Option(names = "--force", description = "Also while a run of it goes on, or starts of it wait.")
        private boolean force;

        RemoveCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            Query query = new Query(path(service)).with("force", force ? true : null);
            JsonNode removed = runtime().delete(query.toString());
            print(
                    removed,
                    out -> removed.path("files")
                            .forEach(file -> out.println("Removed " + Table.printable(file.asText()) + ".")));
            return 0;
        }
    }

    /** {@code service report}. */
    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Lists what became of the items of a service, one line for each.")
    static final class ReportCommand extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service; NAME@ENVIRONMENT in one.")
        private String service = "";

        @Mixin
        private Which which = new Which();

        @Mixin
        private Part part = new Part();

        @Option(names = "--reference", paramLabel = "REF", description = "Only the item with this reference.")
        private @Nullable String reference;

        @Option(names = "--csv", paramLabel = "FILE", description = "Write all of them to a file.")
        private @Nullable Path csv;

        ReportCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() throws IOException {
            if (csv != null) {
                if (reference != null) {
                    throw new Refused(Refused.WRONG_USE, "--reference does not go with --csv, which is for all.");
                }
                Query all = which.with(new Query(path(service) + "/report/export"));
                runtime().save(all.toString(), terminal().folder().resolve(csv));
                print(Json.object().put("written", csv.toString()), out -> out.println("written to " + csv));
                return 0;
            }
            Query asked = which.with(part.of(path(service) + "/report")).with("reference", reference);
            printPart(
                    runtime().get(asked.toString()),
                    new Table("reference", "status", ">attempts", "at", "resync", "code", "reason", "run"),
                    one -> List.of(
                            one.path("reference").asText("?").replace("null", "?"),
                            one.path("status").asText(),
                            one.path("attempts").asText(),
                            one.path("at").asText(),
                            one.path("resync").asBoolean() ? "yes" : "",
                            text(one, "code"),
                            text(one, "reason"),
                            one.path("run").asText()),
                    "No item is known.");
            return 0;
        }
    }

    private static String text(JsonNode one, String key) {
        return one.path(key).isTextual() ? one.path(key).asText() : "";
    }

    /** {@code service resync}. */
    @Command(
            name = "resync",
            mixinStandardHelpOptions = true,
            description = "Sends items of a service again: those that are named, or those for which something holds.")
    static final class ResyncCommand extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service; NAME@ENVIRONMENT in one.")
        private String service = "";

        @Parameters(index = "1..*", paramLabel = "REF", description = "References of items.")
        private List<String> references = new ArrayList<>();

        @Mixin
        private Which which = new Which();

        ResyncCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            if (references.isEmpty() == which.nothing()) {
                throw new Refused(
                        Refused.WRONG_USE,
                        "Say which items: references, or one of --status, --text and --since; not both.");
            }
            var all = Json.object();
            var data = all.putArray("data");
            if (references.isEmpty()) {
                String next = null;
                do {
                    JsonNode done = runtime()
                            .post(which.with(new Query(path(service) + "/resync"))
                                    .with("after", next)
                                    .toString());
                    done.path("data").forEach(data::add);
                    next = done.path("next").isTextual() ? done.path("next").asText() : null;
                } while (next != null);
            }
            for (String reference : references) {
                JsonNode done = runtime()
                        .post(new Query(path(service) + "/resync")
                                .with("reference", reference)
                                .toString());
                done.path("data").forEach(data::add);
            }
            print(
                    all,
                    new Table("reference", "run", "refused"),
                    one -> List.of(text(one, "reference"), text(one, "run"), text(one, "refused")),
                    "No item can be sent again.");
            boolean refused = data.findValues("refused").stream().anyMatch(JsonNode::isTextual);
            return refused ? Refused.FAILED : 0;
        }
    }

    /** {@code service run}. */
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description =
                    "Starts a service, for some items alone, past its filters, or with other values of its source.")
    static final class RunItemsCommand extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service; NAME@ENVIRONMENT in one.")
        private String service = "";

        @Option(
                names = "--only",
                paramLabel = "REF",
                split = ",",
                description = "Only items with these references, and past the filters.")
        private List<String> only = new ArrayList<>();

        @Option(names = "--unfiltered", description = "Past the filters.")
        private boolean unfiltered;

        @Option(
                names = "--with",
                paramLabel = "NAME=VALUE",
                description = "Another value for an input of the source's endpoint, of those that the file gives one.")
        private Map<String, String> with = Map.of();

        @Option(
                names = "--page-size",
                paramLabel = "NUMBER",
                description = "Records of a page, in place of those of its source.")
        private @Nullable Integer pageSize;

        @Option(
                names = "--attempts",
                paramLabel = "NUMBER",
                description = "How often a read is tried, in place of what its source says.")
        private @Nullable Integer attempts;

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                description = "Zone of dates that come without an offset, in place of that of its source.")
        private @Nullable String zone;

        @Mixin
        private Waiting waiting = new Waiting();

        RunItemsCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            Query query = new Query(path(service) + "/run")
                    .with("unfiltered", unfiltered ? true : null)
                    .with("pageSize", pageSize)
                    .with("attempts", attempts)
                    .with("zone", zone);
            for (String reference : only) {
                query.with("only", reference);
            }
            with.forEach((name, value) -> query.with("with." + name, value));
            RuntimeClient runtime = runtime();
            String run = runtime.post(query.toString()).path("run").asText();
            return waiting.tell(run, runtime, this);
        }
    }
}
