package io.patchbay.run.segment;

import io.patchbay.store.SqlWork;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts payloads into blocks, each lane its own, and blocks into segments. */
final class SegmentWriter {

    /** Where a block ends: large enough that payloads of one kind pack well, small enough to be read for one run. */
    private static final int BLOCK = 256 * 1024;

    private final OpenSegments open;
    private final SegmentContent content;
    private final SegmentRows rows;
    private final String node;

    SegmentWriter(OpenSegments open, SegmentContent content, SegmentRows rows, String node) {
        this.open = open;
        this.content = content;
        this.rows = rows;
        this.node = node;
    }

    /**
     * What became of payloads.
     *
     * @param work what belongs into a transaction
     * @param lost of which runs payloads could not be written, and how many
     * @param why what was said of the last of them; empty when there are none
     */
    record Written(SqlWork work, Map<String, Integer> lost, String why) {}

    /** Writes payloads; rows that name them are for the caller's transaction. */
    Written write(List<Block.Entry> entries, Instant now) {
        Map<Lane, List<Block.Entry>> lanes = new LinkedHashMap<>();
        for (Block.Entry entry : entries) {
            lanes.computeIfAbsent(Lane.of(entry.payload().keep()), any -> new ArrayList<>())
                    .add(entry);
        }
        List<SqlWork> works = new ArrayList<>();
        Map<String, OpenSegments.Placed> ends = new LinkedHashMap<>();
        Map<String, Integer> lost = new HashMap<>();
        String why = "";
        for (Map.Entry<Lane, List<Block.Entry>> lane : lanes.entrySet()) {
            Filling filling = new Filling();
            int left = lane.getValue().size();
            for (Block.Entry entry : lane.getValue()) {
                filling.add(entry);
                left--;
                if (filling.block.size() >= BLOCK || left == 0) {
                    try {
                        OpenSegments.Placed placed =
                                open.add(lane.getKey(), Frame.pack(filling.block.bytes()), filling.until, now);
                        works.add(placed.work());
                        works.add(named(filling, placed));
                        ends.put(placed.segment(), placed);
                    } catch (IOException e) {
                        filling.parts.forEach((run, part) -> lost.merge(run, part.payloads, Integer::sum));
                        why = String.valueOf(e.getMessage());
                    }
                    filling = new Filling();
                }
            }
        }
        SqlWork all = tx -> {
            for (OpenSegments.Placed end : ends.values()) {
                rows.keep(
                        tx,
                        new SegmentRows.Segment(
                                end.segment(), node, content.place(), end.until(), end.at() + end.length()));
            }
            for (SqlWork work : works) {
                work.run(tx);
            }
        };
        return new Written(all, lost, why);
    }

    private SqlWork named(Filling block, OpenSegments.Placed placed) {
        Map<String, Part> parts = block.parts;
        double packed = (double) placed.length() / Math.max(1, block.block.size());
        return tx -> {
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                rows.block(
                        tx,
                        new SegmentRows.Part(part.getKey(), placed.at(), placed.length()),
                        placed.segment(),
                        (int) Math.ceil(part.getValue().bytes * packed),
                        part.getValue().until);
            }
        };
    }

    /** What a run has in a block. */
    private record Part(int payloads, int bytes, Instant until) {
        Part and(Part more) {
            return new Part(
                    payloads + more.payloads, bytes + more.bytes, more.until.isAfter(until) ? more.until : until);
        }
    }

    private static final class Filling {
        private final Block block = new Block();
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private Instant until = Instant.MIN;

        void add(Block.Entry entry) {
            int bytes = block.add(entry);
            until = entry.until().isAfter(until) ? entry.until() : until;
            parts.merge(entry.payload().runId(), new Part(1, bytes, entry.until()), Part::and);
        }
    }
}
