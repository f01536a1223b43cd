package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.shape.connection.IncrementalSettings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the records of a service come from. */
@Doc("Where the records come from")
public record ServiceSource(
        @Doc("Name of the instance") String instance,

        @Doc("The endpoint that lists them; without it ENTITY.list, like orders.list") @Nullable
        String endpoint,

        @Doc("Whether they are read from there; 'false' where the trigger brings them, as a webhook does")
        @Default("true")
        boolean pull,

        @Doc("Values for the endpoint's inputs; a single run may give others") @Default("{}")
        Map<String, JsonNode> with,

        @Doc("How a list that grows is read, where it is otherwise than the connector says") @Nullable
        IncrementalSettings incremental,

        @Doc("Records of a page; at most as many as the connector asks for")
        @Nullable
        @Range(min = 1, max = ServiceSource.MOST_RECORDS)
        Integer pageSize,

        @Doc("How often a read is tried; without it as the connector says")
        @Nullable
        @Range(min = 1, max = ServiceSource.MOST_ATTEMPTS)
        Integer attempts,

        @Doc("Time zone of dates that come without an offset, and of schedules that name none, like Europe/London")
        @Nullable
        String zone) {

    static final int MOST_RECORDS = 100_000;
    static final int MOST_ATTEMPTS = 101;

    /** @throws WrongValueException when there is no such zone, or the keys do not fit together */
    public ServiceSource {
        checkZone(zone);
        if (!pull && (endpoint != null || !with.isEmpty() || incremental != null || pageSize != null)) {
            throw new WrongValueException(
                    "with 'pull: false' nothing is read, so 'endpoint', 'with', 'incremental' and 'pageSize' say"
                            + " nothing",
                    "leave them out, or leave out 'pull: false'",
                    "pull");
        }
    }

    /** Id of the endpoint. */
    public String endpoint(String entity) {
        return endpoint == null ? entity + ".list" : endpoint;
    }

    static void checkZone(@Nullable String zone) {
        if (zone != null) {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new WrongValueException(
                        "there is no time zone '" + zone + "'", "for example Europe/London", "zone");
            }
        }
    }
}
