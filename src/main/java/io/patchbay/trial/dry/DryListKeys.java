package io.patchbay.trial.dry;

import io.patchbay.run.ListKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sets of keys as they are kept; what a dry run finds in a list is compared with them in memory, and goes with it. */
final class DryListKeys implements ListKeys {

    private static final int MOST = 500_000;
    private static final int PORTION = 1_000;

    private final ListKeys real;
    private final Map<Found, Set<String>> found = new HashMap<>();

    DryListKeys(ListKeys real) {
        this.real = real;
    }

    @Override
    public synchronized CompletableFuture<Void> found(Found list, List<String> keys) {
        Set<String> own = found.computeIfAbsent(list, any -> new HashSet<>());
        if (own.size() + keys.size() > MOST) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("a dry run compares lists of at most " + MOST + " keys"));
        }
        own.addAll(keys);
        return CompletableFuture.completedFuture(null);
    }

    private synchronized Set<String> own(Found list) {
        return Set.copyOf(found.getOrDefault(list, Set.of()));
    }

    @Override
    public Known known(Found list) {
        Known kept = real.known(list);
        Set<String> own = own(list);
        long missing = 0;
        String after = null;
        List<String> portion;
        do {
            portion = real.missing(list, kept.sets(), after, PORTION);
            missing += portion.stream().filter(key -> !own.contains(key)).count();
            after = portion.isEmpty() ? null : portion.get(portion.size() - 1);
        } while (portion.size() == PORTION);
        long bytes = own.stream().mapToLong(String::length).sum();
        return new Known(kept.sets(), kept.fields(), kept.keys(), own.size(), bytes, missing, kept.allowed());
    }

    @Override
    public List<String> missing(Found list, List<Long> sets, @Nullable String after, int most) {
        Set<String> own = own(list);
        List<String> missing = new ArrayList<>();
        String from = after;
        List<String> portion;
        do {
            portion = real.missing(list, sets, from, PORTION);
            portion.stream()
                    .filter(key -> !own.contains(key))
                    .limit((long) most - missing.size())
                    .forEach(missing::add);
            from = portion.isEmpty() ? from : portion.get(portion.size() - 1);
        } while (portion.size() == PORTION && missing.size() < most);
        return missing;
    }
}
