package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.flow.Flow;
import io.patchbay.route.PlacedService;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.Sweep;
import io.patchbay.trigger.Trigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service as it is seen. */
@Doc("A service; how its flow stands is told with the flow of its name")
record ServiceView(
        @Doc("Its name, and the id of its flow; NAME@ENVIRONMENT in an environment")
        String id,

        @Doc("What people call it") String name,
        @Doc("What it is for") @Nullable String note,
        @Doc("Words to find it by") List<String> labels,
        @Doc("Where it is written") String file,

        @Doc("The environment that it is in here; null outside of all") @Nullable
        String environment,

        @Doc("Environments that have its flow, too: each is a service NAME@ENVIRONMENT")
        List<String> environments,

        @Doc("What its file says, or its environment") Flow.Status status,

        @Doc("False while an operator paused its flow") boolean enabled,

        @Doc("What its records are") String entity,

        @Doc("The instance that it reads from") String source,

        @Doc("The instance that it sends to") String destination,

        @Doc("Whether the destination says what it took: then items are 'ok', else 'sent'")
        boolean confirms,

        @Doc("Kinds of what starts it") List<String> triggers,

        @Doc("Times of the day at which failed items are tried again")
        List<String> sweeps,

        @Doc("Who is told of failures; empty for those that the runtime tells")
        List<String> alerts,

        @Doc("What people have to say of it") List<String> notes,

        @Doc("Inputs of the source's endpoint, with the values of the file; a run may give them others")
        Map<String, JsonNode> inputs,

        @Doc("Records of a page, as its source says; null for as many as the connector asks for") @Nullable
        Integer pageSize,

        @Doc("How often a read is tried, as its source says; null for as often as the connector says") @Nullable
        Integer attempts,

        @Doc("Zone of dates that come without an offset, as its source says") @Nullable
        String zone) {

    static ServiceView of(PlacedService placed, List<String> environments, boolean enabled, boolean confirms) {
        ServiceFile file = placed.file();
        Sweep sweep = file.sweep();
        return new ServiceView(
                placed.flow(),
                placed.title(),
                file.note(),
                file.labels(),
                placed.service().path(),
                placed.environment() == null ? null : placed.environment().id(),
                environments,
                placed.status(),
                enabled,
                file.entity(),
                placed.source(),
                placed.destination(),
                confirms,
                file.trigger().stream().map(Trigger::kind).toList(),
                sweep == null ? List.of() : sweep.at(),
                file.alerts().to(),
                file.notes(),
                placed.constants(),
                file.source().pageSize(),
                file.source().attempts(),
                file.source().zone());
    }
}
