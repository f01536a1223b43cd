package io.patchbay.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;

/** A system behind a gateway that loses an answer: what was asked is done, and the caller hears that nothing came in time. */
final class LostAnswer implements SandboxSystem {

    private final SandboxSystem system;
    private Predicate<Call> next = call -> false;

    LostAnswer(SandboxSystem system) {
        this.system = system;
    }

    /** Loses the answer to the next call like this, and to no further one. */
    synchronized void lose(Predicate<Call> call) {
        next = call;
    }

    @Override
    public boolean answersAs(String host) {
        return system.answersAs(host);
    }

    @Override
    public synchronized Answer answer(Call call) {
        Answer answer = system.answer(call);
        if (!next.test(call)) {
            return answer;
        }
        next = other -> false;
        return new Answer(504, Map.of("Content-Type", "text/html"), "<h1>504</h1>".getBytes(StandardCharsets.UTF_8));
    }
}
