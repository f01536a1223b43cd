package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.Environments;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How two environments differ. */
@Doc("How two environments differ")
record EnvironmentDiffView(
        String from,
        String to,
        @Doc("What they replace otherwise") List<ReplacedView> settings,
        @Doc("Flow by flow, those of either") List<FlowDiffView> flows) {

    /** A name or value that they replace otherwise. */
    @Doc("A name or value that two environments replace otherwise")
    record ReplacedView(
            @Doc("instances, tables, pools, caches, scripts or variables")
            String kind,

            String name,

            @Doc("What stands for it in the one; null when nothing does") @Nullable
            String from,

            @Doc("What stands for it in the other; null when nothing does") @Nullable
            String to) {}

    /** A flow in both. */
    @Doc("A flow in two environments")
    record FlowDiffView(
            @Doc("Its id outside") String flow,
            @Doc("Whether it is a flow of the one") boolean inFrom,
            @Doc("Whether it is a flow of the other") boolean inTo,

            @Doc("Number of the version that runs in the one; null when none does") @Nullable
            Integer from,

            @Doc("Number of the version that runs in the other; null when none does") @Nullable
            Integer to,

            @Doc(
                    "Whether the same runs in both, but for what they replace; true where it is in both and runs in neither")
            boolean same,

            @Doc("How what runs differs, before names are replaced; null when it does not run in both") @Nullable
            VersionDiffView diff) {}

    static EnvironmentDiffView of(Environments.Comparison compared, UnaryOperator<String> redact) {
        return new EnvironmentDiffView(
                compared.from(),
                compared.to(),
                compared.settings().stream()
                        .map(one -> new ReplacedView(
                                one.kind(), one.name(), redacted(one.from(), redact), redacted(one.to(), redact)))
                        .toList(),
                compared.flows().stream()
                        .map(flow -> new FlowDiffView(
                                flow.base(),
                                flow.inFrom(),
                                flow.inTo(),
                                flow.from(),
                                flow.to(),
                                flow.same(),
                                flow.diff() == null ? null : VersionDiffView.of(flow.diff(), redact)))
                        .toList());
    }

    private static @Nullable String redacted(@Nullable String text, UnaryOperator<String> redact) {
        return text == null ? null : redact.apply(text);
    }
}
