package io.patchbay.route;

import io.patchbay.flow.Flow;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds of one program's life. */
final class MemoryHolds implements Holds {

    private final Map<String, Held> all = new ConcurrentHashMap<>();

    /** What files say runs as soon as it is right. */
    static FlowDeployer.Holding atOnce() {
        return new FlowDeployer.Holding(new MemoryHolds(), Flow.Deploy.AUTO, Clock.systemUTC());
    }

    @Override
    public @Nullable Held of(String flow) {
        return all.get(flow);
    }

    @Override
    public Map<String, Held> all() {
        return Map.copyOf(all);
    }

    @Override
    public Held pin(Held held) {
        Held before = all.putIfAbsent(held.flow(), held);
        return before == null ? held : before;
    }

    @Override
    public void hold(Held held) {
        all.put(held.flow(), held);
    }

    @Override
    public void change(Collection<Held> held, Collection<String> released) {
        released.forEach(all::remove);
        held.forEach(one -> all.put(one.flow(), one));
    }

    @Override
    public void release(String flow) {
        all.remove(flow);
    }
}
