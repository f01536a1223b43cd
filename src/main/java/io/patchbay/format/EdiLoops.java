package io.patchbay.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which segments of a message belong to another one: those of a line to its LIN, PO1 or IT1, those of a party to its NAD or N1. Only the
 * groups that every map needs, of the messages of trade; segments of other messages stand one after the other.
 */
final class EdiLoops {

    /**
     * A group.
     *
     * @param members tags that belong to it; empty for all
     * @param ends tags that never do
     */
    private record Loop(String trigger, Set<String> members, Set<String> ends, List<Loop> inner) {
        boolean has(String tag) {
            return !ends.contains(tag) && (members.isEmpty() || members.contains(tag));
        }

        @Nullable
        Loop begins(String tag) {
            return inner.stream()
                    .filter(loop -> loop.trigger().equals(tag))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static final Loop PARTY =
            new Loop("NAD", Set.of("LOC", "FII", "RFF", "DTM", "DOC", "CTA", "COM"), Set.of(), List.of());
    private static final Loop NAME =
            new Loop("N1", Set.of("N2", "N3", "N4", "NX2", "REF", "PER", "SI"), Set.of(), List.of());
    private static final Map<String, Loop> MESSAGES = messages();

    private final ArrayNode segments = Json.NODES.arrayNode();
    private final Deque<Loop> open = new ArrayDeque<>();
    private final Deque<ArrayNode> inside = new ArrayDeque<>();

    /** Segments of a message of this type. */
    EdiLoops(String type) {
        open.push(MESSAGES.getOrDefault(type, new Loop("", Set.of(), Set.of(), List.of())));
        inside.push(segments);
    }

    private static Map<String, Loop> messages() {
        Map<String, Loop> messages = new HashMap<>();
        Loop line = until("LIN", Set.of("UNS", "CNT"));
        for (String type : List.of("ORDERS", "ORDRSP", "ORDCHG", "INVOIC", "INVRPT", "SLSRPT")) {
            messages.put(type, message(PARTY, line));
        }
        messages.put("DESADV", message(PARTY, new Loop("CPS", Set.of(), Set.of("CNT"), List.of(line, pack()))));
        messages.put("PRICAT", message(PARTY, new Loop("PGI", Set.of(), Set.of("UNS", "CNT"), List.of(line)), line));
        Set<String> total = Set.of("CTT", "TDS", "AMT");
        for (String type : List.of("850", "855", "860")) {
            messages.put(type, message(NAME, new Loop("PO1", Set.of(), Set.of("CTT"), List.of(NAME))));
        }
        messages.put("810", message(NAME, new Loop("IT1", Set.of(), total, List.of(NAME))));
        messages.put("856", message(new Loop("HL", Set.of(), Set.of("CTT"), List.of(NAME))));
        messages.put("846", message(NAME, new Loop("LIN", Set.of(), Set.of("CTT"), List.of(NAME))));
        return Map.copyOf(messages);
    }

    private static Loop pack() {
        return new Loop("PAC", Set.of("MEA", "QTY", "HAN", "PCI", "RFF", "DTM", "GIN"), Set.of(), List.of());
    }

    private static Loop until(String trigger, Set<String> ends) {
        return new Loop(trigger, Set.of(), ends, List.of());
    }

    private static Loop message(Loop... loops) {
        return new Loop("", Set.of(), Set.of(), List.of(loops));
    }

    /** Takes the next segment to its place. */
    void add(ObjectNode segment) {
        String tag = segment.path("tag").asText();
        while (open.size() > 1 && leaves(open.element(), tag)) {
            open.pop();
            inside.pop();
        }
        inside.element().add(segment);
        Loop begins = open.element().begins(tag);
        if (begins != null) {
            open.push(begins);
            inside.push(segment.putArray("segments"));
        }
    }

    private boolean leaves(Loop loop, String tag) {
        boolean begun = open.stream().anyMatch(outer -> outer.trigger().equals(tag));
        return begun || (!loop.has(tag) && loop.begins(tag) == null);
    }

    /** All of them. */
    ArrayNode segments() {
        return segments;
    }
}
