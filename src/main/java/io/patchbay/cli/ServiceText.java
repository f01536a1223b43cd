package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.flow.Flow;
import io.patchbay.route.PlacedService;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Sweep;
import io.patchbay.trigger.Trigger;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of a service. */
final class ServiceText {

    private ServiceText() {}

    static ObjectNode json(PlacedService place) {
        ServiceFile file = place.file();
        ObjectNode one = Json.object()
                .put("service", place.flow())
                .put("name", place.title())
                .put("note", file.note())
                .put("status", word(place.status()))
                .put("entity", file.entity())
                .put("source", place.source())
                .put("destination", place.destination())
                .put("file", place.service().path());
        file.labels().forEach(one.putArray("labels")::add);
        file.trigger().stream().map(Trigger::kind).forEach(one.putArray("triggers")::add);
        Sweep sweep = file.sweep();
        if (sweep != null) {
            sweep.at().forEach(one.putArray("swept")::add);
        }
        file.notes().forEach(one.putArray("notes")::add);
        return one;
    }

    static List<String> row(Service service) {
        ServiceFile file = service.file();
        return List.of(
                file.service(),
                word(file.status()),
                file.entity(),
                file.source().instance(),
                file.destination().instance(),
                swept(file.sweep()),
                String.join(", ", file.alerts().to()),
                file.title());
    }

    static void print(PlacedService place, PrintWriter out) {
        Service service = place.service();
        ServiceFile file = place.file();
        out.println(place.flow() + ": " + Table.printable(place.title()));
        if (file.note() != null) {
            out.println("  " + Table.printable(file.note()));
        }
        out.println("  file     " + service.path());
        if (place.environment() != null) {
            out.println("  in       " + place.environment().file());
        }
        out.println("  status   " + word(place.status()));
        out.println("  sends    " + file.entity() + " from " + place.source() + " to " + place.destination());
        out.println("  known by " + file.reference().sides().source() + ", there " + service.destination());
        out.println("  starts   "
                + (file.trigger().isEmpty()
                        ? "by hand"
                        : file.trigger().stream().map(Trigger::kind).collect(Collectors.joining(", "))));
        out.println("  filters  " + file.filters().size());
        out.println("  fields   "
                + file.mapping().entrySet().stream()
                        .map(group -> group.getKey() + " " + group.getValue().size())
                        .collect(Collectors.joining(", ")));
        out.println("  swept    " + (file.sweep() == null ? "never" : swept(file.sweep())));
        for (String note : file.notes()) {
            out.println("  note     " + Table.printable(note));
        }
    }

    private static String swept(@Nullable Sweep sweep) {
        return sweep == null ? "" : String.join(" ", sweep.at());
    }

    private static String word(Flow.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
