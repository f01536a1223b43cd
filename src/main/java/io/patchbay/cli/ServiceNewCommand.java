package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.home.Home;
import io.patchbay.run.Variables;
import io.patchbay.service.ServiceDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code service new}: systems, what goes from one to the other, when, which, how, and whether at once. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a service. Asks for what the options do not say: systems, records, trigger, filters, mapping.",
            "With --source, --destination, --entity and --reference it asks nothing. Needs no runtime."
        })
final class ServiceNewCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the service, like orders-to-erp.")
    private String name = "";

    @Option(names = "--name", paramLabel = "TITLE", description = "What people call it.")
    private @Nullable String title;

    @Option(names = "--source", paramLabel = "INSTANCE", description = "Where the records come from.")
    private @Nullable String source;

    @Option(names = "--source-endpoint", paramLabel = "ID", description = "Endpoint that lists them.")
    private @Nullable String sourceEndpoint;

    @Option(names = "--source-with", paramLabel = "NAME=VALUE", description = "Value for an input of it.")
    private Map<String, String> sourceWith = Map.of();

    @Option(names = "--destination", paramLabel = "INSTANCE", description = "Where the records go.")
    private @Nullable String destination;

    @Option(names = "--destination-endpoint", paramLabel = "ID", description = "Endpoint that takes them.")
    private @Nullable String destinationEndpoint;

    @Option(names = "--destination-with", paramLabel = "NAME=VALUE", description = "Value for an input of it.")
    private Map<String, String> destinationWith = Map.of();

    @Option(names = "--entity", paramLabel = "ENTITY", description = "What the records are, like orders.")
    private @Nullable String entity;

    @Option(
            names = "--reference",
            paramLabel = "PATH",
            description = "What people know a record by, like order_number.")
    private @Nullable String reference;

    @Option(names = "--every", paramLabel = "TIME", description = "Start it so often, like 15m.")
    private @Nullable String every;

    @Option(names = "--cron", paramLabel = "CRON", description = "Start it at these times, like '0 6 * * *'.")
    private @Nullable String cron;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description = "FIELD OPERATOR VALUE, like 'financial_status is paid'; once for each.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--field",
            paramLabel = "TO=FROM",
            description = "A field of what is sent and where it comes from; once for each.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--suggest", description = "Take the fields that 'map suggest' is sure of.")
    private boolean suggest;

    @Option(names = "--active", description = "Its trigger starts it at once; without this it is made inactive.")
    private boolean active;

    ServiceNewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Home folder = home.home(terminal);
        ServicesOfHome services = ServicesOfHome.of(folder);
        Path file = ServiceFiles.place(services, name, folder.root().resolve("routes/services/new"));
        Catalog catalog = CatalogReader.once(folder.root()).catalog();
        boolean asks = source == null || destination == null || entity == null || reference == null;
        ServiceChoices choices = new ServiceChoices(
                catalog, new Questions(terminal, spec.commandLine().getOut()), asks);

        String from = choices.instance("Source", "--source", source);
        String what = choices.entity(from, entity);
        ServiceDraft.Side reads = choices.side(
                from, choices.lists(from, what), "--source-endpoint", sourceEndpoint, "--source-with", sourceWith);
        String to = choices.instance("Destination", "--destination", destination);
        ServiceDraft.Side sends = choices.side(
                to,
                choices.sends(to, what),
                "--destination-endpoint",
                destinationEndpoint,
                "--destination-with",
                destinationWith);
        JsonNode trigger = trigger(choices);
        String known = choices.text("Path of what people know a record by", "--reference", reference);
        List<JsonNode> conditions = choices.several(
                "Filters, like 'financial_status is paid'; an empty line ends", filters, ServiceNewCommand::condition);
        List<JsonNode> mapping = new ArrayList<>(suggested(choices, reads, sends));
        List<String> given = new ArrayList<>();
        fields.forEach((target, path) -> given.add(target + "=" + path));
        mapping.addAll(choices.several("Fields, as TO=FROM; an empty line ends", given, ServiceNewCommand::field));
        boolean starts = active || (asks && choices.yes("Activate it", "--active", false));
        ServiceDraft draft =
                new ServiceDraft(name, title, what, reads, sends, trigger, known, conditions, mapping, starts);
        return ServiceFiles.made(
                folder, file, draft.text(), asks, spec.commandLine().getOut(), terminal);
    }

    private @Nullable JsonNode trigger(ServiceChoices choices) {
        if (every != null && cron != null) {
            throw new Refused(Refused.WRONG_USE, "--every and --cron are two ways to say it; take one.");
        }
        ObjectNode schedule = Json.object();
        if (cron != null) {
            return schedule.set("schedule", Json.object().put("cron", cron));
        }
        String time =
                every != null ? every : choices.optional("Start it every (like 1h; empty for by hand)", "--every");
        return time.isEmpty() ? null : schedule.set("schedule", Json.object().put("every", time));
    }

    private List<JsonNode> suggested(ServiceChoices choices, ServiceDraft.Side reads, ServiceDraft.Side sends)
            throws IOException {
        if (!suggest && !choices.asks()) {
            return List.of();
        }
        List<JsonNode> proposed = ServiceSuggestion.of(reads, sends, home, terminal);
        if (proposed.isEmpty() || suggest) {
            return proposed;
        }
        return choices.yes("Take " + proposed.size() + " fields that both systems call alike", "--suggest", true)
                ? proposed
                : List.of();
    }

    /** A condition of three words; the value may have blanks. */
    private static JsonNode condition(String text) {
        String[] parts = text.strip().split("\\s+", 3);
        if (parts.length < 3) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "'" + text + "' is no condition: write FIELD OPERATOR VALUE, like 'total above 0'.");
        }
        return Json.object().put("field", parts[0]).set(parts[1], Variables.typed(parts[2]));
    }

    private static JsonNode field(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new Refused(Refused.WRONG_USE, "'" + text + "' is no field: write TO=FROM, like nr=order_number.");
        }
        return Json.object()
                .put("to", text.substring(0, equals).strip())
                .put("from", text.substring(equals + 1).strip());
    }
}
