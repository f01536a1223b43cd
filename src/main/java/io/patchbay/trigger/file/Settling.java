package io.patchbay.trigger.file;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Since when files have not changed, as far as this process has seen. The times of the server are only compared with each
 * other: its clock may be wrong.
 */
final class Settling {

    private final Duration stableFor;
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(Arrived file, Instant since) {}

    Settling(Duration stableFor) {
        this.stableFor = stableFor;
    }

    /** Takes note of what is there. */
    void look(Collection<Arrived> there, Instant now) {
        only(there.stream().map(Arrived::name).collect(Collectors.toSet()));
        for (Arrived file : there) {
            Seen before = seen.get(file.name());
            if (before == null || !before.file().equals(file)) {
                seen.put(file.name(), new Seen(file, now));
            }
        }
    }

    /** Forgets all but these files; one that comes back has to settle anew. */
    void only(Set<String> names) {
        seen.keySet().retainAll(names);
    }

    /** Whether a file that the last look found has been the same for long enough. */
    boolean settled(Arrived file, Instant now) {
        Seen found = seen.get(file.name());
        return found != null
                && found.file().equals(file)
                && !now.isBefore(found.since().plus(stableFor));
    }
}
