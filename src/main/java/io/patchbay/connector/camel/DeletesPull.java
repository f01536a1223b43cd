package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Deletes;
import io.patchbay.payload.Json;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list, and behind it what was deleted. Where it stands behind the list is the last place in the list and the place among the
 * deletes: a pull that goes on there reads what may be left of the list, and then on among the deletes.
 */
final class DeletesPull implements Pull {

    private static final String LIST = "list";
    private static final String DELETES = "deletesAt";

    private final Opening deleted;
    private final Pull list;
    private @Nullable JsonNode listAt;
    private @Nullable JsonNode resume;
    private @Nullable Pull deletes;
    private final List<Reached> reached = new ArrayList<>();
    private long ordinal;
    private @Nullable Element last;

    /** Opens the list. */
    interface ListOpening {
        Pull from(@Nullable JsonNode place) throws StepException;
    }

    /** Opens what was deleted, once the list came to its end. */
    interface Opening {
        Pull from(@Nullable JsonNode place, long ordinal) throws StepException;
    }

    DeletesPull(ListOpening list, Opening deleted, Begin begin) throws StepException {
        this.deleted = deleted;
        JsonNode from = begin.resumeFrom();
        JsonNode place = from;
        if (from != null && from.has(DELETES)) {
            place = from.get(LIST);
            this.resume = from.get(DELETES);
        }
        this.listAt = place == null || place.isNull() ? null : place;
        this.ordinal = begin.ordinal();
        this.list = list.from(listAt);
    }

    @Override
    public Element next() {
        Element ended = last;
        if (ended != null) {
            return ended;
        }
        Element element;
        try {
            element = element();
        } catch (StepException e) {
            element = new Failed(e);
        }
        if (!(element instanceof Page || element instanceof Aside)) {
            last = element;
            close();
        }
        return element;
    }

    private Element element() throws StepException {
        Pull open = deletes;
        if (open == null) {
            Element element = list.next();
            if (element instanceof Page page) {
                ordinal++;
                listAt = page.next();
                return page;
            }
            if (!(element instanceof End end)) {
                return element;
            }
            reached.addAll(end.lists());
            open = deleted.from(resume, ordinal);
            deletes = open;
        }
        Element element = open.next();
        if (element instanceof Page page) {
            return new Page(Deletes.telling(page.payload()), place(page.next()));
        }
        if (element instanceof End end) {
            reached.addAll(end.lists());
            return new End(reached);
        }
        return element;
    }

    private JsonNode place(@Nullable JsonNode among) {
        ObjectNode place = Json.NODES.objectNode();
        place.set(LIST, listAt == null ? Json.NODES.nullNode() : listAt);
        return place.set(DELETES, among == null ? Json.NODES.objectNode() : among);
    }

    @Override
    public void close() {
        list.close();
        Pull open = deletes;
        if (open != null) {
            open.close();
        }
    }
}
