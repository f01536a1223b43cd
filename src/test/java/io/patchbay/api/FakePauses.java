package io.patchbay.api;

import io.patchbay.route.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Pauses in a list. */
final class FakePauses implements Pauses {

    final List<Paused> paused = new CopyOnWriteArrayList<>();

    @Override
    public List<Paused> all() {
        return List.copyOf(paused);
    }

    @Override
    public void pause(Kind kind, String name, @Nullable String reason) {
        resume(kind, name);
        paused.add(new Paused(kind, name, Instant.EPOCH, By.OPERATOR, reason));
    }

    @Override
    public boolean resume(Kind kind, String name) {
        return paused.removeIf(one -> one.kind() == kind && one.name().equals(name));
    }
}
