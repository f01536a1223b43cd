package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.BlueprintException;
import io.patchbay.blueprint.FlowFiles;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.moving.Bundle;
import io.patchbay.moving.CamelExport;
import io.patchbay.moving.MovingException;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: writes a flow so that it can be taken elsewhere. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a flow as plain Camel routes, which run without Patchbay, or with all that it needs in one"
                        + " file. Needs no runtime.")
final class ExportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(paramLabel = "FLOW", description = "Id of the flow, or its file.")
    private String flow = "";

    /** What a flow is written as. */
    enum Form {
        /** Routes in Camel's YAML DSL. */
        CAMEL,
        /** One file of all that the flow needs. */
        BUNDLE
    }

    @Option(
            names = "--as",
            paramLabel = "FORM",
            required = true,
            description = "camel: routes in Camel's YAML DSL. bundle: one file of all that the flow needs, for 'import"
                    + " bundle'.")
    private Form as = Form.CAMEL;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "The file to write (default: the screen). One that is there stays.")
    private @Nullable Path to;

    @Option(
            names = "--records",
            paramLabel = "WHAT",
            description = "camel: whether triggers bring 'one' record or a 'list' (default: one).")
    private CamelExport.@Nullable Records records;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NamedFlow named = NamedFlow.of(flow, home, terminal);
        Path root = home.home(terminal).root();
        String file = named.flow().file();
        boolean service = SourceKind.of(file).orElse(null) == SourceKind.SERVICE;
        String text = service
                ? ServicesOfHome.of(home.home(terminal))
                        .one(named.flow().id())
                        .flow()
                        .text()
                : named.files().files().stream()
                        .filter(one -> one.path().equals(file))
                        .findFirst()
                        .orElseThrow()
                        .text();
        if (as == Form.BUNDLE && service) {
            throw new Refused(
                    Refused.FAILED,
                    "Nothing was written: " + named.flow().id()
                            + " is a service, and bundles have flows. 'patchbay service show "
                            + named.flow().id() + " --as-flow' prints the flow that it becomes.");
        }
        if (as == Form.BUNDLE) {
            FlowFiles.Found found;
            try {
                found = FlowFiles.of(
                        root,
                        named.files().catalog(),
                        RouteFolder.once(List.of(root), FolderLimits.DEFAULT),
                        named.flow().id());
            } catch (BlueprintException e) {
                throw new Refused(Refused.FAILED, "Nothing was written: " + e.getMessage());
            }
            return written(named.flow().id(), Bundle.write(named.flow().id(), found.files()), found.notes());
        }
        CamelExport.Result result;
        try {
            result = CamelExport.write(service ? file + "#as-flow" : file, text, records, name -> instance(root, name));
        } catch (MovingException e) {
            throw new Refused(Refused.FAILED, String.valueOf(e.getMessage()));
        }
        if (!result.problems().isEmpty()) {
            return refused(result.problems());
        }
        return written(named.flow().id(), result.yaml(), result.notes());
    }

    private int written(String id, String text, List<String> notes) throws IOException {
        if (to != null) {
            Path target = terminal.folder().resolve(to);
            if (Files.exists(target)) {
                throw new Refused(Refused.WRONG_USE, to + " is there already, and nothing is written over it.");
            }
            Files.writeString(target, text);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            ObjectNode document = Json.object().put("flow", id);
            document.put(to == null ? "text" : "file", to == null ? text : to.toString());
            notes.forEach(document.putArray("notes")::add);
            out.println(Json.text(document));
        } else if (to == null) {
            out.print(text);
            out.flush();
        } else {
            out.println(Table.printable("Wrote " + to + "."));
            notes.forEach(note -> out.println(Table.printable("  look at: " + note)));
        }
        return 0;
    }

    private int refused(List<Problem> problems) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            out.println(Json.text(Json.object().set("problems", Json.of(problems))));
        } else {
            problems.forEach(out::println);
            out.println("Nothing was written: " + problems.size() + (problems.size() == 1 ? " part" : " parts")
                    + " of it cannot be said in plain Camel.");
        }
        return Refused.FAILED;
    }

    /** The file of an instance as a value; secrets stand in it by reference. */
    private static Optional<JsonNode> instance(Path root, String name) {
        Path connectors = root.resolve("connectors");
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || !Files.isDirectory(connectors)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(connectors)) {
            for (Path connector : all.sorted().toList()) {
                Path file = connector.resolve("instances").resolve(name + ".yaml");
                if (Files.isRegularFile(file)) {
                    return new YamlReader()
                            .read(file.toString(), Files.readString(file), new Problems())
                            .map(Literals::json);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new Refused(Refused.FAILED, "The files of instances cannot be read: " + e.getMessage());
        }
    }
}
