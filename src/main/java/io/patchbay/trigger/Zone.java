package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.DidYouMean;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time zone of the IANA database, or a fixed offset.
 *
 * @param id the zone
 */
@ReadBy(Zone.Reader.class)
public record Zone(ZoneId id) {

    /** Reads {@code Europe/London}. */
    static final class Reader implements ValueReader<Zone> {

        @Override
        public @Nullable Zone read(Node node, Reading reading) {
            String text = reading.text(node, "zone");
            if (text == null) {
                return null;
            }
            try {
                return new Zone(ZoneId.of(text));
            } catch (DateTimeException e) {
                List<String> known = List.copyOf(ZoneId.getAvailableZoneIds());
                String hint = DidYouMean.nearest(text, known)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("a zone is written like Europe/London, UTC or +02:00");
                reading.error(node, "BAD_ZONE", "there is no time zone '" + text + "'", hint);
                return null;
            }
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode().put("type", "string");
            schema.putArray("examples").add("Europe/London").add("UTC");
            return schema;
        }
    }
}
