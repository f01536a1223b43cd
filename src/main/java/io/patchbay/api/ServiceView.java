package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.flow.Flow;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Sweep;
import io.patchbay.trigger.Trigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service as it is seen. */
@Doc("A service; how its flow stands is told with the flow of its name")
record ServiceView(
        @Doc("Its name, and the id of its flow") String id,
        @Doc("What people call it") String name,
        @Doc("What it is for") @Nullable String note,
        @Doc("Words to find it by") List<String> labels,
        @Doc("Where it is written") String file,
        @Doc("What its file says") Flow.Status status,

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
        Map<String, JsonNode> inputs) {

    static ServiceView of(Service service, boolean enabled, boolean confirms) {
        ServiceFile file = service.file();
        Sweep sweep = file.sweep();
        return new ServiceView(
                file.service(),
                file.title(),
                file.note(),
                file.labels(),
                service.path(),
                file.status(),
                enabled,
                file.entity(),
                file.source().instance(),
                file.destination().instance(),
                confirms,
                file.trigger().stream().map(Trigger::kind).toList(),
                sweep == null ? List.of() : sweep.at(),
                file.alerts().to(),
                file.notes(),
                service.flow().constants());
    }
}
