package io.patchbay.api;

import io.patchbay.trigger.inbound.Caller;
import io.patchbay.trigger.inbound.Callers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Callers in memory. */
public final class FakeCallers implements Callers {

    private final Map<String, Caller> callers = new ConcurrentSkipListMap<>();

    @Override
    public List<Caller> list() {
        return List.copyOf(callers.values());
    }

    @Override
    public Optional<Caller> find(String name) {
        return Optional.ofNullable(callers.get(name));
    }

    @Override
    public Created create(String name, Caller.Limits limits) {
        Caller caller = new Caller(name, "id-of-" + name, limits, Instant.parse("2026-03-01T10:00:00Z"), null);
        if (callers.putIfAbsent(name, caller) != null) {
            throw new IllegalArgumentException("there is a caller '" + name + "' already");
        }
        return new Created(caller, "secret-of-" + name);
    }

    @Override
    public Optional<Caller> limit(String name, Caller.Limits limits) {
        return Optional.ofNullable(callers.computeIfPresent(
                name,
                (any, caller) -> new Caller(name, caller.clientId(), limits, caller.createdAt(), caller.revokedAt())));
    }

    @Override
    public Optional<Caller> revoke(String name) {
        return Optional.ofNullable(callers.computeIfPresent(
                name,
                (any, caller) -> new Caller(
                        name,
                        caller.clientId(),
                        caller.limits(),
                        caller.createdAt(),
                        Instant.parse("2026-03-02T10:00:00Z"))));
    }
}
