package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.Environments;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What bringing flows into an environment does. */
@Doc("What bringing flows into an environment does, or did")
record EnvironmentPlanView(
        @Doc("Another one as soon as anything else would be done: what a deployment can be bound to")
        String id,

        String environment,

        @Doc("The environment whose running versions are taken, or base; null when files are taken") @Nullable
        String from,

        @Doc("Whether nothing is known to speak against it") boolean possible,
        List<PlannedFlowView> flows,
        @Doc("Credentials that are not there") List<MissingView> missing)
        implements EntityTags.Versioned {

    @Override
    public String revision() {
        return id;
    }

    /** What is done with a flow. */
    @Doc("What is done with a flow")
    record PlannedFlowView(
            @Doc("Its id outside") String flow,
            @Doc("Its id in the environment") String id,

            @Doc(
                    "'deploy' when another version is to run, 'nothing' when it runs already, 'refused' when it cannot run")
            Environments.Action action,

            @Doc("Number of the version that is taken from the other environment; null when a file is taken") @Nullable
            Integer taken,

            @Doc("Number of the version that ran before; null when none did") @Nullable
            Integer before,

            List<ProblemView> problems,

            @Doc("What it has in common with flows outside, because nothing stands for it in the environment")
            List<KeptView> kept) {}

    /** A name that nothing stands for. */
    @Doc("A name that nothing stands for in the environment")
    record KeptView(
            @Doc("instance, table, script, flow; pool or cache where it is shared on purpose")
            String kind,

            String name) {}

    /** A secret that is not there. */
    @Doc("A secret that is not there")
    record MissingView(
            String secret,

            @Doc("The instance that reads it; null when a flow does") @Nullable
            String instance,

            @Doc("The setting of the instance") @Nullable String setting,
            @Doc("Flows of the environment that need it") List<String> flows) {}

    static EnvironmentPlanView of(Environments.Plan plan, UnaryOperator<String> redact) {
        return new EnvironmentPlanView(
                plan.id(),
                plan.wanted().environment(),
                plan.wanted().from(),
                plan.possible(),
                plan.steps().stream().map(step -> step(step, redact)).toList(),
                plan.missing().stream()
                        .map(one -> new MissingView(one.secret(), one.instance(), one.setting(), one.flows()))
                        .toList());
    }

    private static PlannedFlowView step(Environments.Step step, UnaryOperator<String> redact) {
        return new PlannedFlowView(
                step.base(),
                step.id(),
                step.action(),
                step.taken(),
                step.before(),
                step.problems().stream()
                        .map(problem -> ProblemView.of(problem).redacted(redact))
                        .toList(),
                step.kept().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(kind -> kind.getValue().stream()
                                .map(name -> new KeptView(kind.getKey().word(), name)))
                        .toList());
    }
}
