package io.patchbay.cli;

import java.net.http.HttpResponse;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code health}: whether the running program is ready. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Says whether the running program is ready; exit code 1 when it is not. Needs no token.")
final class HealthCommand extends RuntimeVerb {

    private static final Duration AT_MOST = Duration.ofSeconds(4);

    HealthCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        String status = status();
        boolean ready = status.equals("UP");
        print(
                Json.object().put("ready", ready).put("status", status),
                out -> out.println(ready ? "ready" : "not ready: " + status));
        return ready ? 0 : Refused.FAILED;
    }

    private String status() {
        try {
            HttpResponse<String> answer =
                    new RuntimeClient(address(), null).look("/actuator/health/readiness", AT_MOST);
            return answer.statusCode() == 200 ? "UP" : "it answered " + answer.statusCode();
        } catch (Refused refused) {
            if (refused.exitCode() == Refused.WRONG_USE) {
                throw refused;
            }
            return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        }
    }
}
