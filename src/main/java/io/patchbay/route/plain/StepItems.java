package io.patchbay.route.plain;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.Iterator;

/** What steps with {@code yields: many} leave: a payload for each item, made when it is asked for. */
final class StepItems implements Pull {

    private final Iterator<?> items;
    private final Maker maker;
    private final Lineage parent;
    private final String shape;
    private final int resumeAt;
    private int next;
    private boolean ended;

    /** Makes a payload of an item. */
    interface Maker {
        Payload of(Object item) throws StepException;
    }

    StepItems(Iterator<?> items, Maker maker, Lineage parent, Attempt attempt) {
        this.items = items;
        this.maker = maker;
        this.parent = parent;
        this.shape = attempt.shape();
        JsonNode resume = attempt.resumeFrom();
        this.resumeAt = resume == null ? 0 : resume.asInt();
    }

    @Override
    public Element next() {
        try {
            while (!ended && next < resumeAt && items.hasNext()) {
                items.next(); // delivered before the run was broken off
                next++;
            }
            if (ended || !items.hasNext()) {
                close();
                return new End();
            }
            Payload item = maker.of(items.next()).withLineage(parent.child(shape, next));
            next++;
            return new Page(item, Json.NODES.numberNode(next));
        } catch (StepException e) {
            close();
            return new Failed(e);
        } catch (RuntimeException e) {
            close();
            return new Failed(StepFailures.of(e));
        }
    }

    @Override
    public void close() {
        if (!ended && items instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                ended = true; // what it held is of no use to anyone any more
            }
        }
        ended = true;
    }
}
