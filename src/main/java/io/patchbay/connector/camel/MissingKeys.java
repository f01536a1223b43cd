package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.Deletes;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.KnownKeys;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list had and has not any more, in pages of keys. A list that came short by too much tells nothing and fails. */
final class MissingKeys implements Pull {

    private static final int PAGE = 500;
    private static final String AFTER = "after";

    private final Of of;
    private final KnownKeys keys;
    private final String shape;
    private @Nullable String after;
    private long ordinal;
    private @Nullable Element last;

    /**
     * Which list.
     *
     * @param origin the payload that the list was asked for
     */
    record Of(String instance, String endpoint, Deletes deletes, Payload origin) {}

    /** @throws StepException when too much is missing, or the store does not say */
    MissingKeys(Of of, KnownKeys keys, String shape, @Nullable JsonNode from, long ordinal) throws StepException {
        this.of = of;
        this.keys = keys;
        this.shape = shape;
        this.after = from == null || !from.has(AFTER) ? null : from.get(AFTER).asText();
        this.ordinal = ordinal;
        check(keys.compared());
    }

    private void check(KnownKeys.Missing all) throws StepException {
        int percent = of.deletes().config().percent();
        // Rounded up: the fifth of three records is one.
        long most = (all.known() * percent + 99) / 100;
        if (all.allowed() || all.missing() == 0 || (all.found() > 0 && all.missing() <= most)) {
            return;
        }
        String what = all.found() == 0
                ? " is empty and had " + all.known() + (all.known() == 1 ? " record" : " records")
                : " lacks " + all.missing() + " of the " + all.known() + " records that it had, more than " + percent
                        + "% (deletes.atMost)";
        throw new StepException(
                Owner.LIMIT,
                "TOO_MANY_MISSING",
                "'" + of.endpoint() + "' of instance '" + of.instance() + "'" + what
                        + ": nothing is told as deleted. If they are gone, allow it once: patchbay cursors "
                        + keys.list()
                        + " --keys --allow; if the list is another one now, forget what it had (--keys --forget)");
    }

    @Override
    public Element next() {
        Element ended = last;
        if (ended != null) {
            return ended;
        }
        try {
            List<String> missing = keys.missing(after, PAGE);
            if (!missing.isEmpty()) {
                return page(missing);
            }
            keys.told();
            last = new End();
        } catch (StepException e) {
            last = new Failed(e);
        }
        return last;
    }

    private Page page(List<String> missing) {
        ArrayNode records = Json.NODES.arrayNode(missing.size());
        missing.forEach(key -> records.add(of.deletes().record(key)));
        after = missing.get(missing.size() - 1);
        Payload page = of.origin()
                .withBody(new Body.Tree(records), RecordPath.ROOT_LIST)
                .withLineage(of.origin().lineage().child(shape, ordinal++));
        return new Page(page, Json.NODES.objectNode().put(AFTER, after));
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
