package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    static ObjectNode json(Service service) {
        ServiceFile file = service.file();
        ObjectNode one = Json.object()
                .put("service", file.service())
                .put("name", file.title())
                .put("note", file.note())
                .put("status", word(file))
                .put("entity", file.entity())
                .put("source", file.source().instance())
                .put("destination", file.destination().instance())
                .put("file", service.path());
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
                word(file),
                file.entity(),
                file.source().instance(),
                file.destination().instance(),
                swept(file.sweep()),
                String.join(", ", file.alerts().to()),
                file.title());
    }

    static void print(Service service, PrintWriter out) {
        ServiceFile file = service.file();
        out.println(file.service() + ": " + Table.printable(file.title()));
        if (file.note() != null) {
            out.println("  " + Table.printable(file.note()));
        }
        out.println("  file     " + service.path());
        out.println("  status   " + word(file));
        out.println("  sends    " + file.entity() + " from " + file.source().instance() + " to "
                + file.destination().instance());
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

    private static String word(ServiceFile file) {
        return file.status().name().toLowerCase(Locale.ROOT);
    }
}
