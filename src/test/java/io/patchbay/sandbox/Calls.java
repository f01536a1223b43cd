package io.patchbay.sandbox;

import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls of systems of the sandbox, without a line between. */
final class Calls {

    private Calls() {}

    static Call call(String method, String address, Map<String, String> headers, String body) {
        Map<String, List<String>> small = headers.entrySet().stream()
                .collect(
                        Collectors.toMap(one -> one.getKey().toLowerCase(Locale.ROOT), one -> List.of(one.getValue())));
        return new Call(method, URI.create(address), small, body.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Answer answer) {
        return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }
}
