package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.mapping.suggest.Side;
import io.patchbay.mapping.suggest.Suggesting;
import io.patchbay.mapping.suggest.Suggestion;
import io.patchbay.mapping.suggest.SuggestionText;
import io.patchbay.mapping.suggest.TooManyPlacesException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code map suggest}. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        description = {
            "Proposes the fields of a map by names, tags, types and values of both sides, as YAML for a flow file.",
            "A side is a sample (JSON, CSV, XML and whatever else is read), a JSON Schema, or INSTANCE/ENDPOINT.",
            "Needs no runtime."
        })
final class MapSuggestCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(index = "0", paramLabel = "SOURCE", description = "What comes.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "What is wanted.")
    private String target = "";

    @Option(
            names = "--source-records",
            paramLabel = "PATH",
            description = "Where the records of the source's sample stand, like $$.orders[*].")
    private @Nullable String sourceRecords;

    @Option(
            names = "--target-records",
            paramLabel = "PATH",
            description = "Where the records of the target's sample stand.")
    private @Nullable String targetRecords;

    MapSuggestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Side from = new SideOfMap(terminal, home, false, err::println).of(source, sourceRecords);
        Side to = new SideOfMap(terminal, home, true, err::println).of(target, targetRecords);
        Suggestion suggestion;
        try {
            suggestion = Suggesting.of(from, to, terminal.clock());
        } catch (TooManyPlacesException e) {
            throw new Refused(Refused.WRONG_USE, "It is too much: " + e.getMessage() + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            out.println(Json.text(json(suggestion)));
        } else {
            out.print(SuggestionText.of(suggestion));
        }
        out.flush();
        return 0;
    }

    /** As the API shows it. */
    private static ObjectNode json(Suggestion suggestion) {
        ObjectNode all = Json.object();
        ArrayNode fields = all.putArray("fields");
        for (Suggestion.Proposed one : suggestion.fields()) {
            ObjectNode field = fields.addObject()
                    .put("to", one.to())
                    .put("from", one.from())
                    .put("flatten", one.flatten());
            one.then().forEach(field.putArray("then")::add);
            field.put("sure", one.sure().name().toLowerCase(Locale.ROOT));
            one.why().forEach(field.putArray("why")::add);
        }
        ArrayNode open = all.putArray("open");
        suggestion
                .open()
                .forEach(one -> open.addObject()
                        .put("to", one.to())
                        .put("kind", one.kind())
                        .put("needed", one.needed()));
        suggestion.unused().forEach(all.putArray("unused")::add);
        return all.put("cut", suggestion.cut()).put("text", SuggestionText.of(suggestion));
    }
}
