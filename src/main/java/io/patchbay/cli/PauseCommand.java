package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pause}: what is paused. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description =
                "Pauses a flow, an instance with all flows that call it, or the intake; without either it lists what is"
                        + " paused. What is paused is held, and goes on when the pause ends.")
final class PauseCommand extends RuntimeVerb {

    private static final String PATH = "/api/v1/pauses";

    /** What can be paused. */
    enum Kind {
        FLOW,
        INSTANCE,
        INTAKE
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "flow, instance or intake.")
    private @Nullable Kind kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Id of the flow or name of the instance.")
    private @Nullable String name;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who meet it.")
    private @Nullable String reason;

    @Option(names = "--end", description = "Ends the pause.")
    private boolean end;

    PauseCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Kind which = kind;
        if (which == null) {
            if (end || reason != null) {
                throw new Refused(Refused.WRONG_USE, "Say what: pause flow NAME, pause instance NAME or pause intake.");
            }
            JsonNode list = runtime().get(PATH);
            print(list, out -> tell(list, out));
            return 0;
        }
        if ((which == Kind.INTAKE) != (name == null)) {
            throw new Refused(
                    Refused.WRONG_USE,
                    name == null ? "Name the " + word(which) + " that is meant." : "The intake has no name.");
        }
        if (end && reason != null) {
            throw new Refused(Refused.WRONG_USE, "--reason is for a pause that begins.");
        }
        String what = "?kind=" + word(which) + given("name", name) + given("reason", reason);
        JsonNode answer = runtime().post(PATH + (end ? "/end" : "") + what);
        String said = which == Kind.INTAKE ? "The intake" : word(which) + " '" + name + "'";
        print(answer, out -> out.println(said + (end ? " goes on." : " is paused; end it with --end.")));
        return 0;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String given(String parameter, @Nullable String value) {
        return value == null ? "" : "&" + parameter + "=" + RuntimeClient.encoded(value);
    }

    private static void tell(JsonNode list, PrintWriter out) {
        Table table = new Table("kind", "name", "since", "by", "reason");
        for (JsonNode one : list.path("data")) {
            table.row(List.of(
                    one.path("kind").asText().toLowerCase(Locale.ROOT),
                    one.path("name").asText(),
                    one.path("since").asText(),
                    one.path("by").asText().toLowerCase(Locale.ROOT),
                    one.path("reason").isTextual() ? one.path("reason").asText() : ""));
        }
        table.printOr("Nothing is paused.", out);
    }
}
