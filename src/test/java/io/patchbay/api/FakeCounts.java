package io.patchbay.api;

import io.patchbay.run.counts.RunCounts;
import io.patchbay.run.counts.ShapeSums;
import io.patchbay.run.counts.Sums;
import io.patchbay.run.counts.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts in memory, the same for every hour that is asked about. */
final class FakeCounts implements RunCounts {

    /** Two runs, one of which failed. */
    static final Sums TWO = new Sums(1, 0, 1, 0, 8, 2, 500, 20, 40, 1_100, 1_000);

    final Map<String, Sums> sums = new LinkedHashMap<>();
    final Map<String, Newest> newest = new LinkedHashMap<>();
    final Map<String, ShapeSums> shapes = new LinkedHashMap<>();

    void clear() {
        sums.clear();
        newest.clear();
        shapes.clear();
    }

    @Override
    public Map<String, Sums> byFlow(Instant since) {
        return Map.copyOf(sums);
    }

    @Override
    public Map<String, Newest> newest(Collection<String> flows) {
        Map<String, Newest> found = new LinkedHashMap<>(newest);
        found.keySet().retainAll(flows);
        return found;
    }

    @Override
    public List<Step> steps(@Nullable String flow, Instant from, Instant to, Duration step) {
        Sums all = sums.entrySet().stream()
                .filter(one -> flow == null || flow.equals(one.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Sums.NOTHING, Sums::plus);
        List<Step> steps = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
            Map<Integer, Long> times = all.runs() == 0 ? Map.of() : Map.of(14, all.runs());
            steps.add(new Step(at, all, new Times(new TreeMap<>(times))));
        }
        return steps;
    }

    @Override
    public Map<String, ShapeSums> shapes(String flow, Instant since) {
        return Map.copyOf(shapes);
    }

    @Override
    public SortedMap<Instant, Long> records(String flow, Instant from, Instant to) {
        throw new UnsupportedOperationException("the API does not ask for them");
    }
}
