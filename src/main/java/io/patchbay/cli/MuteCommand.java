package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts mute}: of what nobody is told for a while. */
@Command(
        name = "mute",
        mixinStandardHelpOptions = true,
        description =
                "Mutes the alerts of a flow, or a notification group, for a while; without either it lists what is"
                        + " muted. Alerts are listed as ever, and at the end people are told how many messages were left out.")
final class MuteCommand extends RuntimeVerb {

    private static final String PATH = "/api/v1/alerts/mutes";

    /** What can be muted. */
    enum Kind {
        FLOW,
        GROUP
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "flow or group.")
    private @Nullable Kind kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Id of the flow or name of the group.")
    private @Nullable String name;

    @Option(names = "--for", paramLabel = "TIME", description = "For how long, like 2h: 1m to 30d.")
    private @Nullable String time;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Until when, like 2026-12-24T18:00:00Z.")
    private @Nullable String until;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who miss the messages.")
    private @Nullable String reason;

    @Option(names = "--end", description = "Ends it before its time.")
    private boolean end;

    MuteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Kind which = kind;
        if (which == null) {
            if (end || time != null || until != null || reason != null) {
                throw new Refused(Refused.WRONG_USE, "Say what: alerts mute flow NAME or alerts mute group NAME.");
            }
            JsonNode list = runtime().get(PATH);
            print(list, out -> tell(list, out));
            return 0;
        }
        String word = which.name().toLowerCase(Locale.ROOT);
        if (name == null) {
            throw new Refused(Refused.WRONG_USE, "Name the " + word + " that is meant.");
        }
        String what = "?of=" + word + given("name", name);
        if (end) {
            if (time != null || until != null || reason != null) {
                throw new Refused(Refused.WRONG_USE, "--for, --until and --reason are for a mute that begins.");
            }
            JsonNode answer = runtime().post(PATH + "/end" + what);
            print(answer, out -> out.println(word + " '" + name + "' is muted no more."));
            return 0;
        }
        if (reason == null || (time == null) == (until == null)) {
            throw new Refused(
                    Refused.WRONG_USE, "Say for how long and why: --for TIME or --until INSTANT, and --reason TEXT.");
        }
        JsonNode answer =
                runtime().post(PATH + what + given("for", time) + given("until", until) + given("reason", reason));
        print(answer, out -> tell(answer, out));
        return 0;
    }

    private static String given(String parameter, @Nullable String value) {
        return value == null ? "" : "&" + parameter + "=" + RuntimeClient.encoded(value);
    }

    private static void tell(JsonNode list, PrintWriter out) {
        Table table = new Table("kind", "name", "since", "until", "by", "left out", "reason");
        for (JsonNode one : list.path("data")) {
            table.row(List.of(
                    one.path("of").asText(),
                    one.path("name").asText(),
                    one.path("since").asText(),
                    one.path("until").asText(),
                    one.path("by").asText(),
                    one.path("held").asText(),
                    one.path("reason").asText()));
        }
        table.printOr("Nothing is muted.", out);
    }
}
