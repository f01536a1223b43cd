package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.ApiCalls;
import io.patchbay.connector.ApiFiles;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.openapi.ApiComparison;
import io.patchbay.connector.openapi.ApiOperation;
import io.patchbay.connector.openapi.ApiOperations;
import io.patchbay.connector.openapi.DescriptionText;
import io.patchbay.connector.openapi.Overlay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code connector compare}: what a newer description of an interface has otherwise than a connector. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Says what a newer OpenAPI document has more, less or elsewhere than the one that a connector was made from, and"
                        + " which endpoints do not fit it any more. Writes nothing; needs no runtime and no network.")
final class CompareCommand implements Callable<Integer> {

    private static final int SHOWN = 50;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(index = "0", paramLabel = "ID", description = "The connector.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The newer document.")
    private Path file = Path.of("");

    @Option(
            names = "--overlay",
            paramLabel = "OVERLAY",
            description = "Changes that are laid over the newer document first (default: those of the connector).")
    private @Nullable Path overlay;

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path root = home.home(terminal).root();
        CatalogReader.Reading reading = new CatalogReader(root).read(List.of(root), Catalog.EMPTY);
        Map<String, Connector> there = new TreeMap<>();
        reading.catalog().connectors().forEach(one -> there.put(one.id(), one));
        Connector connector = there.get(id);
        if (connector == null) {
            throw new Refused(Refused.WRONG_USE, FixturesCommand.missing(id, there.keySet(), reading));
        }
        Path folder = root.resolve("connectors").resolve(id);
        ApiOperations older = older(folder, connector);
        ApiComparison comparison = ApiComparison.of(newer(folder, connector), older, ApiCalls.of(connector));
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            out.println(Json.text(value(comparison)));
        } else {
            tell(comparison, older != null, out);
        }
        return comparison.endpoints().isEmpty() ? 0 : Refused.FAILED;
    }

    private static @Nullable ApiOperations older(Path folder, Connector connector) {
        return new ApiFiles()
                .read(
                        folder,
                        "connectors/" + connector.id(),
                        connector.config().openapi(),
                        connector.config().overlay(),
                        (key, code, what, hint) -> {
                            throw new Refused(
                                    Refused.FAILED,
                                    "Nothing was compared: in the connector, " + what + "; mend '" + key + "' first.");
                        })
                .orElse(null);
    }

    private ApiOperations newer(Path folder, Connector connector) throws IOException {
        String text = DescriptionFile.read(terminal, file);
        String kept = connector.config().overlay();
        Path laid = overlay != null ? overlay : kept == null ? null : folder.resolve(kept);
        String changes = laid == null ? null : DescriptionFile.read(terminal, laid);
        try {
            JsonNode document = DescriptionText.read(text);
            if (changes != null) {
                Overlay.read(DescriptionText.read(changes)).apply(document);
            }
            return ApiOperations.of(document);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refused.FAILED, "Nothing was compared: in " + file + ", " + e.getMessage() + ".");
        }
    }

    private void tell(ApiComparison comparison, boolean older, PrintWriter out) {
        list(
                older ? "New operations:" : "Operations that no endpoint asks for:",
                comparison.added().stream().map(ApiOperation::toString),
                out);
        list("Operations that are gone:", comparison.removed().stream().map(ApiOperation::toString), out);
        list(
                "Operations that are elsewhere:",
                comparison.moved().stream().map(one -> one.from() + " -> " + one.to()),
                out);
        list(
                "Endpoints that do not fit it:",
                comparison.endpoints().entrySet().stream()
                        .flatMap(one -> one.getValue().stream().map(finding -> one.getKey() + ": " + finding.what())),
                out);
        if (comparison.endpoints().isEmpty()) {
            out.println("All endpoints fit it.");
        }
        if (!older) {
            out.println("The connector keeps no document ('openapi'), so it was compared with its endpoints alone.");
        }
    }

    private static void list(String title, Stream<String> lines, PrintWriter out) {
        List<String> all = lines.toList();
        if (all.isEmpty()) {
            return;
        }
        out.println(title);
        all.stream().limit(SHOWN).forEach(line -> out.println("  " + Table.printable(line)));
        if (all.size() > SHOWN) {
            out.println("  and " + (all.size() - SHOWN) + " more, see --json");
        }
    }

    private ObjectNode value(ApiComparison comparison) {
        ObjectNode value = Json.object().put("connector", id);
        ArrayNode added = value.putArray("added");
        comparison.added().forEach(one -> added.add(value(one)));
        ArrayNode removed = value.putArray("removed");
        comparison.removed().forEach(one -> removed.add(value(one)));
        ArrayNode moved = value.putArray("moved");
        comparison.moved().forEach(one -> {
            ObjectNode both = moved.addObject();
            both.set("from", value(one.from()));
            both.set("to", value(one.to()));
        });
        ObjectNode endpoints = value.putObject("endpoints");
        comparison.endpoints().forEach((endpoint, findings) -> {
            ArrayNode all = endpoints.putArray(endpoint);
            findings.forEach(one -> all.addObject().put("code", one.code()).put("what", one.what()));
        });
        return value;
    }

    private static ObjectNode value(ApiOperation one) {
        return Json.object().put("method", one.method()).put("path", one.path()).put("id", one.id());
    }
}
