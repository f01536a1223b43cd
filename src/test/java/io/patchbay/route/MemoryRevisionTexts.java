package io.patchbay.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps texts and what is active in memory; one of them given to two deployers is a store over a restart. */
final class MemoryRevisionTexts implements RevisionTexts {

    private final Map<Name, Text> texts = new LinkedHashMap<>();
    private final Map<Name, String> by = new HashMap<>();
    private final List<Active> active = new ArrayList<>();

    @Override
    public void keep(String flow, String revision, Text text) {
        texts.putIfAbsent(new Name(flow, revision), text);
    }

    @Override
    public Optional<Text> text(String flow, String revision) {
        return Optional.ofNullable(texts.get(new Name(flow, revision)));
    }

    @Override
    public List<Kept> kept(String flow, int below, int most) {
        List<Kept> kept = new ArrayList<>();
        texts.forEach((key, text) -> {
            if (key.flow().equals(flow)) {
                kept.add(0, new Kept(key.revision(), text.file(), Instant.EPOCH, kept.size() + 1, by.get(key), null));
            }
        });
        return kept.stream().filter(one -> one.number() < below).limit(most).toList();
    }

    @Override
    public Optional<Kept> one(String flow, String revision) {
        return kept(flow, Integer.MAX_VALUE).stream()
                .filter(kept -> kept.revision().equals(revision))
                .findFirst();
    }

    @Override
    public Map<Name, Integer> numbers(Collection<Name> revisions) {
        Map<Name, Integer> numbers = new HashMap<>();
        revisions.forEach(
                name -> one(name.flow(), name.revision()).ifPresent(kept -> numbers.put(name, kept.number())));
        return numbers;
    }

    @Override
    public Optional<Kept> numbered(String flow, int number) {
        return kept(flow, Integer.MAX_VALUE).stream()
                .filter(kept -> kept.number() == number)
                .findFirst();
    }

    @Override
    public void describe(String flow, String revision, @Nullable String who, @Nullable String note) {
        by.putIfAbsent(new Name(flow, revision), String.valueOf(who));
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
