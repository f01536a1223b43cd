package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How flows stand: what runs and waits now, and what ended in the time before.
 *
 * @param flows by id
 * @param over the time in which runs ended
 * @param whole whether all runs of it were looked at, and not the newest only
 */
record Board(Map<String, Line> flows, Duration over, boolean whole) {

    /** Pages of lists that are asked for, of so many items. */
    private static final int PAGES = 10;

    private static final int PAGE = 500;

    /**
     * One flow.
     *
     * @param enabled whether no operator paused it
     * @param running runs that go on
     * @param queued starts that wait
     * @param oldest how long the oldest of them has waited; null where none does, or nobody looked
     * @param took how long runs took that ended, from the shortest
     * @param failed how many of them did not succeed
     */
    record Line(
            boolean enabled,
            long running,
            long queued,
            @Nullable Duration oldest,
            List<Long> took,
            long failed) {

        /** Runs that ended, in a minute. */
        double perMinute(Duration over) {
            return took.size() * 60_000.0 / Math.max(1, over.toMillis());
        }

        /** So many milliseconds at the most took 95 of 100 runs; null where none ended. */
        @Nullable
        Long p95() {
            return took.isEmpty() ? null : took.get((int) Math.ceil(took.size() * 0.95) - 1);
        }
    }

    /** How all flows stand now. */
    static Board of(RuntimeClient runtime, Instant now, Duration over) {
        Map<String, List<Long>> took = new HashMap<>();
        Map<String, Long> failed = new HashMap<>();
        boolean whole = each(
                runtime,
                new Query("/api/v1/runs").with("since", now.minus(over)).with("limit", PAGE),
                run -> {
                    if (run.path("tookMs").isNumber()) {
                        String flow = run.path("flow").asText();
                        took.computeIfAbsent(flow, any -> new ArrayList<>())
                                .add(run.path("tookMs").asLong());
                        failed.merge(flow, run.path("status").asText().equals("succeeded") ? 0L : 1L, Long::sum);
                    }
                });
        Map<String, Instant> oldest = new HashMap<>();
        each(runtime, new Query("/api/v1/starts").with("limit", PAGE), start -> {
            Instant since = Instant.parse(start.path("queuedAt").asText());
            oldest.merge(start.path("flow").asText(), since, (one, two) -> one.isBefore(two) ? one : two);
        });
        Map<String, Line> flows = new TreeMap<>();
        each(runtime, new Query("/api/v1/flows").with("limit", PAGE), flow -> {
            String id = flow.path("id").asText();
            Instant since = oldest.get(id);
            flows.put(
                    id,
                    new Line(
                            flow.path("enabled").asBoolean(),
                            flow.path("running").asLong(),
                            flow.path("queued").asLong(),
                            since == null ? null : Duration.between(since, now),
                            took.getOrDefault(id, List.of()).stream().sorted().toList(),
                            failed.getOrDefault(id, 0L)));
        });
        return new Board(flows, over, whole);
    }

    /** What takes an item of a list. */
    private interface Taking {
        void one(JsonNode item);
    }

    /** All items of a list; false where it goes on behind what is asked for. */
    private static boolean each(RuntimeClient runtime, Query query, Taking taking) {
        String first = query.toString();
        String path = first;
        for (int page = 0; page < PAGES; page++) {
            JsonNode list = runtime.get(path);
            list.path("data").forEach(taking::one);
            if (!list.path("next").isTextual()) {
                return true;
            }
            path = first + "&after=" + RuntimeClient.encoded(list.path("next").asText());
        }
        return false;
    }

    /** As a document. */
    ObjectNode json() {
        ObjectNode all = Json.object().put("overMs", over.toMillis()).put("whole", whole);
        ArrayNode list = all.putArray("flows");
        flows.forEach((id, flow) -> list.addObject()
                .put("flow", id)
                .put("enabled", flow.enabled())
                .put("running", flow.running())
                .put("queued", flow.queued())
                .put(
                        "oldestMs",
                        flow.oldest() == null ? null : (Long) flow.oldest().toMillis())
                .put("ended", flow.took().size())
                .put("perMinute", flow.perMinute(over))
                .put("failed", flow.failed())
                .put("p95Ms", flow.p95()));
        return all;
    }

    /** As a table. */
    Table table() {
        Table table = new Table("flow", ">running", ">waiting", ">oldest", ">runs/min", ">failed", ">p95", "state");
        flows.forEach((id, flow) -> table.row(List.of(
                id,
                String.valueOf(flow.running()),
                String.valueOf(flow.queued()),
                flow.oldest() == null ? "-" : time(flow.oldest().toMillis()),
                String.format(Locale.ROOT, "%.1f", flow.perMinute(over)),
                String.valueOf(flow.failed()),
                flow.p95() == null ? "-" : time(flow.p95()),
                flow.enabled() ? "" : "paused")));
        return table;
    }

    /** Only flows of which something runs or waits. */
    Board busy() {
        Map<String, Line> some = new TreeMap<>(flows);
        some.values().removeIf(flow -> flow.running() == 0 && flow.queued() == 0);
        return new Board(some, over, whole);
    }

    private static String time(long millis) {
        if (millis < 1_000) {
            return Math.max(0, millis) + " ms";
        }
        return millis < 120_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : millis < 7_200_000 ? millis / 60_000 + " min" : millis / 3_600_000 + " h";
    }
}
