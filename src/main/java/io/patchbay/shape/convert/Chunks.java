package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import java.io.IOException;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;

/** Records that are read one by one, as payloads of so many. */
final class Chunks implements Pull {

    private final Source.Records records;
    private final ConvertSettings settings;
    private final Payload parent;
    private final String shape;
    private long ordinal;
    private boolean ended;

    Chunks(Source.Records records, ConvertSettings settings, Payload parent, String shape) {
        this.records = records;
        this.settings = settings;
        this.parent = parent;
        this.shape = shape;
    }

    @Override
    public Element next() {
        ArrayNode some = Json.NODES.arrayNode();
        try {
            while (!ended && some.size() < settings.mostRecords()) {
                JsonNode record = records.next();
                if (record == null) {
                    close();
                } else {
                    some.add(record);
                }
            }
        } catch (IOException | XMLStreamException e) {
            close();
            return new Failed(new Source(settings).broken(e, Objects.requireNonNull(settings.from()), parent));
        }
        if (some.isEmpty()) {
            return new End();
        }
        Payload page = parent.withBody(new Body.Tree(some), RecordPath.ROOT_LIST)
                .withLineage(parent.lineage().child(shape, ordinal++));
        return new Page(page, null);
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
