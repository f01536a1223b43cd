package io.patchbay.run.segment;

import io.patchbay.store.SqlWork;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The segment of each lane that takes blocks now. A segment takes no more when it is large enough or its time is over. */
final class OpenSegments {

    private static final long LARGEST = 16L << 20;
    private static final long SMALLEST = 64 * 1024;

    private final OpenContent content;
    private final String life;
    private final Duration oldest;
    private final long large;
    private final Map<Lane, Open> open = new HashMap<>();
    private int number;

    /**
     * None is open yet.
     *
     * @param life in names of segments: never the same twice
     * @param most bytes of all segments: one has a small part of them, as it goes as a whole
     * @param oldest how long one takes blocks at most
     */
    OpenSegments(OpenContent content, String life, long most, Duration oldest) {
        this.content = content;
        this.life = life;
        this.oldest = oldest;
        this.large = Math.max(SMALLEST, Math.min(LARGEST, most / 16));
    }

    /** A segment that takes blocks. */
    private static final class Open {
        private final String name;
        private final Instant since;
        private Instant until = Instant.MIN;
        private long size;

        Open(String name, Instant since) {
            this.name = name;
            this.since = since;
        }
    }

    /**
     * Where a block lies now.
     *
     * @param until until when something of the segment is kept
     * @param work what belongs into the transaction that names the block
     */
    record Placed(String segment, long at, int length, Instant until, SqlWork work) {}

    /** Adds a block to the lane's segment. @throws IOException when it cannot be written: then the segment takes no more */
    synchronized Placed add(Lane lane, byte[] frame, Instant until, Instant now) throws IOException {
        Open segment = open.get(lane);
        if (segment != null && (segment.size >= large || old(lane, segment, now))) {
            seal(lane);
            segment = null;
        }
        if (segment == null) {
            segment = new Open(name(lane, now), now);
            open.put(lane, segment);
        }
        long at = segment.size;
        try {
            SqlWork work = content.write(segment.name, at, frame);
            segment.size += frame.length;
            segment.until = until.isAfter(segment.until) ? until : segment.until;
            return new Placed(segment.name, at, frame.length, segment.until, work);
        } catch (IOException e) {
            seal(lane);
            throw e;
        }
    }

    /** Its age and how long what is in it is kept stand in the name: when the database cannot be asked, that is what is known of it. */
    private String name(Lane lane, Instant now) {
        return "%012x-%s-%d-%dm".formatted(now.toEpochMilli(), life, ++number, lane.minutes());
    }

    /** Whether it takes blocks. */
    synchronized boolean takes(String segment) {
        return open.values().stream().anyMatch(each -> each.name.equals(segment));
    }

    /** Ends those whose time is over. */
    synchronized void sealOld(Instant now) {
        List<Lane> old = new ArrayList<>();
        open.forEach((lane, segment) -> {
            if (old(lane, segment, now)) {
                old.add(lane);
            }
        });
        old.forEach(this::seal);
    }

    /** Ends one, so that it can go. */
    synchronized void seal(String segment) {
        open.entrySet().stream()
                .filter(each -> each.getValue().name.equals(segment))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(this::seal);
    }

    /** Ends all. */
    synchronized void sealAll() {
        List.copyOf(open.keySet()).forEach(this::seal);
    }

    private boolean old(Lane lane, Open segment, Instant now) {
        Duration age = lane.age().compareTo(oldest) < 0 ? lane.age() : oldest;
        return segment.since.plus(age).isBefore(now);
    }

    private void seal(Lane lane) {
        Open segment = open.remove(lane);
        if (segment != null) {
            content.seal(segment.name);
        }
    }
}
