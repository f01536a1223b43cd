package io.patchbay.api;

import io.patchbay.alert.Mutes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Mutes in memory, with one group. */
public final class FakeMutes implements Mutes {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final List<Mute> all = new CopyOnWriteArrayList<>();

    public void clear() {
        all.clear();
    }

    @Override
    public List<Mute> current() {
        return List.copyOf(all);
    }

    @Override
    public Set<String> groups() {
        return Set.of("ops");
    }

    @Override
    public void mute(Of of, String name, Instant until, String reason, String by) {
        end(of, name);
        all.add(new Mute(of, name, NOON, until, reason, by, 2));
    }

    @Override
    public boolean end(Of of, String name) {
        return all.removeIf(mute -> mute.of() == of && mute.name().equals(name));
    }
}
