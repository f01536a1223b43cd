package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentFile;
import io.patchbay.environment.FlowIn;
import io.patchbay.environment.Replacements;
import io.patchbay.flow.Flow;
import io.patchbay.queue.Priority;
import io.patchbay.route.Environments;
import io.patchbay.route.Pauses;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An environment and how its flows stand. */
@Doc("An environment: flows once more, with other instances, stores and values")
record EnvironmentView(
        String id,
        @Doc("What people call it") String name,
        @Doc("A remark of the author") @Nullable String note,
        @Doc("What it is for") EnvironmentFile.Type type,
        List<String> labels,

        @Doc("What stands before the paths of its flows in URLs")
        String prefix,

        @Doc("'manual' when somebody has to deploy what files say, 'auto' when it runs as soon as it is right")
        Flow.Deploy deploy,

        @Doc("The priority of its flows, from highest to lowest; null for that of their files") @Nullable
        String priority,

        @Doc("Where it is written") String file,
        @Doc("What stands for what in its flows") ReplaceView replace,
        List<FlowInView> flows) {

    /** What stands for what. */
    @Doc("What stands for what in the flows of an environment, by the names that flow files have")
    record ReplaceView(
            Map<String, String> instances,
            Map<String, String> tables,
            Map<String, String> pools,
            Map<String, String> caches,
            Map<String, String> scripts,
            @Doc("Values of flow variables") Map<String, JsonNode> variables) {

        static ReplaceView of(Replacements replace, UnaryOperator<String> redact) {
            return new ReplaceView(
                    new TreeMap<>(replace.instances()),
                    new TreeMap<>(replace.tables()),
                    new TreeMap<>(replace.pools()),
                    new TreeMap<>(replace.caches()),
                    new TreeMap<>(replace.scripts()),
                    redacted(replace.variables(), redact));
        }
    }

    /** A flow in the environment. */
    @Doc("A flow in the environment")
    record FlowInView(
            @Doc("Its id outside") String flow,

            @Doc("Its id in the environment: it is started, paused and rolled back by it")
            String id,

            @Doc("Whether it is not paused") boolean enabled,

            @Doc("Values of variables of this flow alone") Map<String, JsonNode> variables,

            @Doc("What runs of it, and what the files say; null when nothing is known because they are wrong") @Nullable
            VersionStateView version) {}

    /** @param redact takes out what is secret: people write values of variables, and may write a secret there */
    static EnvironmentView of(Environments.View view, Pauses pauses, UnaryOperator<String> redact) {
        Environment environment = view.environment();
        EnvironmentFile said = environment.said();
        return new EnvironmentView(
                environment.id(),
                environment.name(),
                said.note(),
                said.type(),
                said.labels(),
                environment.prefix(),
                said.deploy(),
                word(said.priority()),
                environment.file(),
                ReplaceView.of(said.replace(), redact),
                view.flows().stream()
                        .map(flow -> flow(flow, environment, pauses, redact))
                        .toList());
    }

    private static @Nullable String word(@Nullable Priority priority) {
        return priority == null ? null : priority.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, JsonNode> redacted(Map<String, JsonNode> values, UnaryOperator<String> redact) {
        Map<String, JsonNode> all = new TreeMap<>();
        values.forEach(
                (name, value) -> all.put(name, Objects.requireNonNull(VersionChangeView.redacted(value, redact))));
        return all;
    }

    private static FlowInView flow(
            Environments.FlowView flow, Environment environment, Pauses pauses, UnaryOperator<String> redact) {
        FlowIn in = environment.flows().get(flow.base());
        return new FlowInView(
                flow.base(),
                flow.id(),
                pauses.all().stream()
                        .noneMatch(one ->
                                one.kind() == Pauses.Kind.FLOW && one.name().equals(flow.id())),
                in == null ? Map.of() : redacted(in.said().variables(), redact),
                flow.state() == null ? null : VersionStateView.of(flow.state()));
    }
}
