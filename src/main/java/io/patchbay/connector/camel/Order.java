package io.patchbay.connector.camel;

import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Writing;
import io.patchbay.connector.camel.Part.Item;
import io.patchbay.connector.definition.EndpointConfig.Ordering;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which request may go while others are on their way: none whose records have a key in common with one before it. Records
 * whose key failed before, in this payload or an earlier one of the run, are held back. Used under the lock of its sending.
 */
final class Order {

    /** How far it looks for a request that may go. */
    private static final int LOOKS_AHEAD = 100;

    private static final String ALL = "";

    private final Ordering ordering;
    private final Set<String> failed;
    private final Map<Integer, String> keys = new HashMap<>();
    private final Map<Integer, StepException> unreadable = new HashMap<>();
    private final Map<Integer, Set<String>> busy = new HashMap<>();
    private final @Nullable Attempt attempt;

    private Order(Ordering ordering, Set<String> failed, @Nullable Attempt attempt) {
        this.ordering = ordering;
        this.failed = failed;
        this.attempt = attempt;
    }

    /**
     * The order of these parts, where there is one.
     *
     * @param whole the request of the whole payload: what the key reads besides the record
     */
    static Order of(Writing writing, Operation operation, Request whole, @Nullable Attempt attempt, List<Part> parts) {
        Template key = writing.orderingKey();
        Set<String> failed = attempt == null
                ? ConcurrentHashMap.newKeySet()
                : attempt.failedKeys(payload -> keysOf(payload, key, operation, whole));
        Order order = new Order(writing.ordering(), failed, attempt);
        for (Part part : parts) {
            part.items().forEach(item -> order.read(item, key, operation, whole));
        }
        return order;
    }

    /** All as they come. */
    static Order none(@Nullable Attempt attempt) {
        return new Order(Ordering.NONE, Set.of(), attempt);
    }

    private static Collection<String> keysOf(
            Payload payload, @Nullable Template key, Operation operation, Request whole) {
        List<String> keys = new ArrayList<>();
        try {
            for (var record : payload.records()) {
                keys.add(key(record, key, operation, whole));
            }
        } catch (StepException | ExpressionException e) {
            return keys; // it failed for that very reason, and holds nothing back
        }
        return keys;
    }

    private static String key(
            com.fasterxml.jackson.databind.JsonNode record,
            @Nullable Template key,
            Operation operation,
            Request whole) {
        if (key == null) {
            return ALL;
        }
        Payload one = whole.payload().withBody(new Body.Tree(record), RecordPath.ROOT);
        return key.text(operation.scope(new Request(one, whole.with(), whole.queuedAt(), whole.key(), whole.trace())));
    }

    private void read(Item item, @Nullable Template key, Operation operation, Request whole) {
        try {
            keys.put(item.index(), key(item.record(), key, operation, whole));
        } catch (ExpressionException e) {
            unreadable.put(item.index(), StepException.of(e));
        }
    }

    /** Whether all may go as they come. */
    boolean none() {
        return ordering == Ordering.NONE;
    }

    /** Takes the first part out of the line that may go; null when each has to wait. */
    @Nullable
    Part next(Deque<Part> pending) {
        Part free = free(pending);
        if (free != null) {
            pending.remove(free);
            busy.put(free.number(), keysOf(free));
        }
        return free;
    }

    /** Whether another part may go. */
    boolean more(Deque<Part> pending) {
        return free(pending) != null;
    }

    private @Nullable Part free(Deque<Part> pending) {
        if (none() || pending.isEmpty()) {
            return pending.peekFirst();
        }
        Set<String> before = new HashSet<>();
        busy.values().forEach(before::addAll);
        Iterator<Part> parts = pending.iterator();
        for (int i = 0; i < LOOKS_AHEAD && parts.hasNext(); i++) {
            Part part = parts.next();
            Set<String> own = keysOf(part);
            if (own.stream().noneMatch(before::contains)) {
                return part;
            }
            before.addAll(own);
        }
        return null;
    }

    private Set<String> keysOf(Part part) {
        Set<String> own = new HashSet<>();
        for (Item item : part.items()) {
            String key = keys.get(item.index());
            if (key != null) {
                own.add(key);
            }
        }
        return own;
    }

    /** A part ended, one way or the other. */
    void settled(int part) {
        busy.remove(part);
    }

    /** Records failed: those behind them with the same key do not go. */
    void failed(Part part) {
        if (!none()) {
            failed.addAll(keysOf(part));
        }
    }

    /** The part without records that must not go; they are left out. What was made in an earlier life stays. */
    Part withoutHeld(Part part, Results results) {
        boolean made = attempt != null && attempt.madeBefore(part.from(), part.size()) != null;
        if (none() || made) {
            return part;
        }
        Part rest = part;
        for (Item item : part.items()) {
            StepException why = unreadable.get(item.index());
            String key = keys.get(item.index());
            if (why == null && key != null && failed.contains(key)) {
                why = StepException.held(
                        ordering == Ordering.STRICT
                                ? "a record before it failed, and the endpoint's ordering is strict"
                                : "a record before it with the same orderingKey failed");
            }
            if (why != null) {
                results.leaveOut(part.only(item::equals), why);
                rest = rest.only(other -> !other.equals(item));
            }
        }
        return rest;
    }
}
