package io.patchbay.cli;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code health}: whether the running program is ready. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Says whether the running program is ready; exit code 1 when it is not. Needs no token.")
final class HealthCommand implements Callable<Integer> {

    private static final Duration AT_MOST = Duration.ofSeconds(4);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Mixin
    private Json json = new Json();

    HealthCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String status = status();
        boolean ready = status.equals("UP");
        if (json.wanted()) {
            spec.commandLine()
                    .getOut()
                    .println(Json.text(Json.object().put("ready", ready).put("status", status)));
        } else {
            spec.commandLine().getOut().println(ready ? "ready" : "not ready: " + status);
        }
        return ready ? 0 : Refused.FAILED;
    }

    private String status() {
        try {
            HttpResponse<String> answer =
                    new RuntimeClient(remote.address(terminal), null).look("/actuator/health/readiness", AT_MOST);
            return answer.statusCode() == 200 ? "UP" : "it answered " + answer.statusCode();
        } catch (Refused refused) {
            if (refused.exitCode() == Refused.WRONG_USE) {
                throw refused;
            }
            return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        }
    }
}
