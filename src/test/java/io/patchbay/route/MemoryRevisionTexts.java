package io.patchbay.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps texts and what is active in memory; one of them given to two deployers is a store over a restart. */
final class MemoryRevisionTexts implements RevisionTexts {

    private final Map<String, Text> texts = new HashMap<>();
    private final List<Active> active = new ArrayList<>();

    @Override
    public void keep(String flow, String revision, Text text) {
        texts.put(flow + "@" + revision, text);
    }

    @Override
    public Optional<Text> text(String flow, String revision) {
        return Optional.ofNullable(texts.get(flow + "@" + revision));
    }

    @Override
    public List<Kept> kept(String flow, int most) {
        return texts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(flow + "@"))
                .map(entry -> new Kept(
                        entry.getKey().substring(flow.length() + 1),
                        entry.getValue().file(),
                        Instant.EPOCH))
                .limit(most)
                .toList();
    }

    @Override
    public List<Active> active() {
        return List.copyOf(active);
    }

    @Override
    public void active(Collection<Active> now) {
        active.clear();
        active.addAll(now);
    }
}
