package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.BlueprintException;
import io.patchbay.blueprint.EditedHome;
import io.patchbay.moving.Bundle;
import io.patchbay.moving.MovingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import bundle}: takes in what {@code export --as bundle} wrote. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description =
                "Takes in what 'export --as bundle' wrote. Flows arrive as drafts; connectors and instances that are"
                        + " there stay.")
final class BundleCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(paramLabel = "FILE", description = "The bundle, YAML.")
    private Path file = Path.of("");

    @Option(
            names = {"--dry-run", "--plan"},
            description = "Only say what would be made.")
    private boolean dry;

    BundleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = home.home(terminal).root();
        String text = DescriptionFile.read(terminal, file);
        Bundle.Content content;
        EditedHome.Added added;
        try {
            content = Bundle.read(file.toString(), text, path -> Files.exists(root.resolve(path)));
            added = new EditedHome(root, new TrialOfHome(terminal)).add(content.files(), !dry);
        } catch (MovingException | BlueprintException e) {
            throw new Refused(Refused.FAILED, Table.printableLines("Nothing was made: " + e.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            ObjectNode document = Json.object().put("written", added.written());
            content.flows().forEach(document.putArray("flows")::add);
            content.files().keySet().forEach(document.putArray("files")::add);
            content.left().forEach(document.putArray("left")::add);
            added.wrong().forEach(document.putArray("check")::add);
            out.println(Json.text(document));
        } else {
            content.left().forEach(path -> out.println(Table.printable("There already, and kept: " + path)));
            added.wrong().forEach(one -> out.println(Table.printableLines(one)));
            out.println(added.written() ? "Made:" : "Would make:");
            content.files().keySet().forEach(path -> out.println(Table.printable("  " + path)));
        }
        return added.wrong().isEmpty() ? 0 : Refused.FAILED;
    }
}
