package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.format.FormatException;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;

/** Records that are read one by one, as payloads of so many. One that is broken goes aside, where the run goes on without it. */
final class Chunks implements Pull {

    private final Records records;
    private final Source source;
    private final Source.Opened in;
    private final Payload parent;
    private final String shape;
    private ArrayNode some = Json.NODES.arrayNode();
    private long record;
    private long ordinal;
    private boolean ended;

    Chunks(Records records, Source source, Source.Opened in, Payload parent, String shape) {
        this.records = records;
        this.source = source;
        this.in = in;
        this.parent = parent;
        this.shape = shape;
    }

    @Override
    public Element next() {
        try {
            while (!ended && some.size() < source.settings().mostRecords()) {
                JsonNode next = records.next();
                record++;
                if (next == null) {
                    close();
                } else {
                    some.add(next);
                }
            }
        } catch (FormatException e) {
            record++;
            if (source.skips() && e.goesOn()) {
                return aside(e);
            }
            return failed(e);
        } catch (IOException e) {
            return failed(e);
        }
        if (some.isEmpty()) {
            return new End();
        }
        Payload page = parent.withBody(new Body.Tree(some), RecordPath.ROOT_LIST)
                .withLineage(parent.lineage().child(shape, ordinal++));
        some = Json.NODES.arrayNode();
        return new Page(page, null);
    }

    private Aside aside(FormatException thrown) {
        JsonNode found = thrown.found().isMissingNode() ? Json.NODES.textNode("") : Asides.found(thrown);
        Payload alone = parent.withBody(new Body.Tree(found), RecordPath.ROOT)
                .withLineage(parent.lineage().alone(shape, record - 1));
        return new Aside(alone, source.broken(thrown, in));
    }

    private Failed failed(IOException thrown) {
        close();
        StepException why = source.broken(thrown, in);
        return new Failed(why);
    }

    @Override
    public void close() {
        ended = true;
        try {
            records.close();
        } catch (IOException e) {
            // what was read of it is whole
        }
    }
}
