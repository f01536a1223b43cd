package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Listing;
import io.patchbay.blueprint.Plan;
import io.patchbay.blueprint.Plan.Change;
import io.patchbay.blueprint.Provenance;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a plan does to a home folder. */
final class BlueprintText {

    /** In place of how many files it has. */
    private static final String OF_A_CONNECTOR = "\u2026";

    private BlueprintText() {}

    static void tell(Plan plan, boolean json, PrintWriter out) {
        if (json) {
            out.println(Json.text(document(plan)));
            return;
        }
        out.println(Table.printable(
                plan.verb().name().toLowerCase(Locale.ROOT) + " " + plan.name() + ": " + plan.blueprint()));
        Provenance from = from(plan);
        if (from != null) {
            out.println(Table.printable("  from " + from.told()));
        }
        Map<String, Integer> connectors = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            String said = said(change);
            if (said.endsWith(OF_A_CONNECTOR)) {
                connectors.merge(said, 1, Integer::sum);
            } else {
                out.println(said);
            }
            change.lines().forEach(line -> out.println(Table.printable("    " + line)));
        }
        connectors.forEach(
                (said, files) -> out.println(said.replace(OF_A_CONNECTOR, files + (files == 1 ? " file" : " files"))));
        list("names:", plan.renames(), out);
        list("needs:", plan.needs(), out);
        if (plan.verb() != Plan.Verb.REMOVE) {
            out.println("may reach:");
            reach(plan.hosts(), plan.secrets(), plan.scripts(), out);
        }
        list("cannot be done:", plan.obstacles(), out);
    }

    private static @Nullable Provenance from(Plan plan) {
        return plan.after() == null ? null : plan.after().origin();
    }

    /** Where installs came from and who signed them, of those of which it is known. */
    static void origins(List<Listing.Installed> installs, PrintWriter out) {
        Table table = new Table("install", "from", "signed by");
        for (Listing.Installed one : installs) {
            Provenance from = one.from();
            if (from != null) {
                table.row(List.of(one.name(), from.place(), from.signedBy()));
            }
        }
        table.printOr("", out);
    }

    /** What happens to a file; the files of a connector, of which there are many, are said together. */
    private static String said(Change change) {
        String action = change.action().name().toLowerCase(Locale.ROOT);
        String path = change.path();
        if (change.lines().isEmpty() && path.startsWith("connectors/") && !path.contains("/instances/")) {
            path = path.substring(0, path.indexOf('/', "connectors/".length()) + 1) + OF_A_CONNECTOR;
        }
        String why = change.why().isEmpty() ? "" : " (" + change.why() + ")";
        String said = "  " + action + " ".repeat(9 - action.length()) + path;
        // Behind the reason, so that files with one reason are one line.
        return Table.printable(
                said.endsWith(OF_A_CONNECTOR)
                        ? said.substring(0, said.length() - 1) + why + " " + OF_A_CONNECTOR
                        : said + why);
    }

    private static void list(String head, List<String> lines, PrintWriter out) {
        if (!lines.isEmpty()) {
            out.println(head);
            lines.forEach(line -> out.println(Table.printable("  " + line)));
        }
    }

    private static ObjectNode document(Plan plan) {
        ObjectNode document = Json.object()
                .put("verb", plan.verb().name().toLowerCase(Locale.ROOT))
                .put("name", plan.name())
                .put("blueprint", plan.blueprint());
        if (from(plan) != null) {
            document.set("from", io.patchbay.payload.Json.MAPPER.valueToTree(from(plan)));
        }
        ArrayNode changes = document.putArray("changes");
        for (Change change : plan.changes()) {
            ObjectNode one = changes.addObject()
                    .put("path", change.path())
                    .put("action", change.action().name().toLowerCase(Locale.ROOT))
                    .put("why", change.why());
            change.lines().forEach(one.putArray("lines")::add);
        }
        plan.renames().forEach(document.putArray("renames")::add);
        plan.needs().forEach(document.putArray("needs")::add);
        plan.hosts().forEach(document.putArray("hosts")::add);
        plan.secrets().forEach(document.putArray("secrets")::add);
        plan.scripts().forEach(document.putArray("scripts")::add);
        plan.obstacles().forEach(document.putArray("obstacles")::add);
        return document;
    }

    /** What a blueprint may reach. */
    static void reach(List<String> hosts, List<String> secrets, List<String> scripts, PrintWriter out) {
        line("hosts:   ", hosts, out);
        line("secrets: ", secrets, out);
        line("code:    ", scripts, out);
    }

    private static void line(String head, List<String> what, PrintWriter out) {
        out.println(Table.printable(head + (what.isEmpty() ? "none" : String.join(", ", what))));
    }
}
