package io.patchbay.api;

import io.patchbay.blueprint.Plan;
import io.patchbay.blueprint.Provenance;
import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.function.UnaryOperator;

/** What an install, upgrade or removal would do. */
@Doc("What an install, upgrade or removal would do to the home folder")
record InstallPlanView(
        @Doc("What it is") Plan.Verb verb,
        @Doc("Name of the install") String name,
        @Doc("Id of the blueprint, with versions") String blueprint,
        @Doc("Whether it can be done") boolean possible,

        @Doc("Where it comes from, and who signed it; empty for a removal")
        String from,

        List<ChangeView> changes,
        @Doc("What has another name here, a line each") List<String> renames,
        @Doc("What must be there, and whether it is") List<String> needs,
        @Doc("Hosts that it may reach") List<String> hosts,
        @Doc("Secrets that instances read, by name") List<String> secrets,
        @Doc("Files of code") List<String> scripts,
        @Doc("Why it cannot be done") List<String> obstacles) {

    /** A file that changes. */
    @Doc("What happens to a file")
    record ChangeView(
            @Doc("From the home folder") String path,
            @Doc("What happens") Plan.Action action,
            @Doc("Why; empty where the action says all") String why,

            @Doc("Of a conflict the lines; secrets that the program knows are replaced by ***")
            List<String> lines) {}

    static InstallPlanView of(Plan plan, UnaryOperator<String> redacted) {
        Provenance from = plan.after() == null ? null : plan.after().origin();
        return new InstallPlanView(
                plan.verb(),
                plan.name(),
                plan.blueprint(),
                plan.possible(),
                from == null ? "" : from.told(),
                plan.changes().stream()
                        .map(one -> new ChangeView(
                                one.path(),
                                one.action(),
                                one.why(),
                                one.lines().stream().map(redacted).toList()))
                        .toList(),
                plan.renames(),
                plan.needs(),
                plan.hosts(),
                plan.secrets(),
                plan.scripts(),
                plan.obstacles().stream().map(redacted).toList());
    }
}
