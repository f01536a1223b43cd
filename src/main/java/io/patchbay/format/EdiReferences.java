package io.patchbay.format;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Control references of one interchange or group. Numbers that follow each other are kept as one range, so memory does not grow with them. */
final class EdiReferences {

    private static final int MOST_OTHERS = 100_000;

    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private final Set<String> others = new HashSet<>();

    private static boolean number(String reference) {
        return reference.matches("[0-9]{1,15}");
    }

    /** Whether one has it already. */
    boolean has(String reference) {
        if (!number(reference)) {
            return others.contains(reference);
        }
        long number = Long.parseLong(reference);
        Map.Entry<Long, Long> range = ranges.floorEntry(number);
        return range != null && range.getValue() >= number;
    }

    /** The first number from this one on that nobody has. */
    long free(long from) {
        Map.Entry<Long, Long> range = ranges.floorEntry(from);
        return range != null && range.getValue() >= from ? range.getValue() + 1 : from;
    }

    /** Whether one more can be kept. */
    boolean room(String reference) {
        return number(reference) ? ranges.size() < MOST_OTHERS : others.size() < MOST_OTHERS;
    }

    void add(String reference) {
        if (!number(reference)) {
            others.add(reference);
            return;
        }
        long from = Long.parseLong(reference);
        long to = from;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Long after = ranges.remove(to + 1);
        ranges.put(from, after == null ? to : after);
    }
}
