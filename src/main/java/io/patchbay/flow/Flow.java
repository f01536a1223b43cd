package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import io.patchbay.queue.Overlap;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import io.patchbay.trigger.Callback;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.Trigger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A valid flow.
 *
 * @param id unique over all files
 * @param file the file it was read from
 * @param text the file's text, for revisions and for showing
 * @param name what people call it
 * @param note a remark
 * @param labels words to find it by
 * @param status whether triggers start it
 * @param deploy who decides when its file runs; null when it does not say
 * @param variables what a run begins with
 * @param settings how runs behave
 * @param triggers what starts it
 * @param steps the shapes in order; those inside fan-outs are reached through {@link Step#paths()}
 * @param places where it says so
 */
public record Flow(
        String id,
        String file,
        String text,
        String name,
        @Nullable String note,
        List<String> labels,
        Status status,
        @Nullable Deploy deploy,
        Map<String, JsonNode> variables,
        FlowSettings settings,
        List<Trigger> triggers,
        List<Step> steps,
        Places places) {

    /**
     * Where in its file a flow says what others may want too.
     *
     * @param id its id
     * @param triggers each of its triggers, in order
     */
    public record Places(Location id, List<Location> triggers) {
        public Places {
            triggers = List.copyOf(triggers);
        }
    }

    /** Whether triggers start a flow. */
    public enum Status {
        /** Being written. */
        DRAFT,
        /** Started by its triggers. */
        ACTIVE,
        /** Switched off by its author. */
        INACTIVE
    }

    /** Who decides when what a flow's file says runs. */
    public enum Deploy {
        /** Nobody: it runs as soon as it is right. */
        AUTO,
        /** People: it is a draft until one deploys it. */
        MANUAL
    }

    public Flow {
        labels = List.copyOf(labels);
        variables = Map.copyOf(variables);
        triggers = List.copyOf(triggers);
        steps = List.copyOf(steps);
    }

    /** The same flow whose runs keep payloads otherwise. */
    public Flow keeping(FlowSettings.Capture capture) {
        return new Flow(
                id,
                file,
                text,
                name,
                note,
                labels,
                status,
                deploy,
                variables,
                settings.with(capture),
                triggers,
                steps,
                places);
    }

    /** The same flow whose runs have other bounds, and keep payloads otherwise. */
    public Flow within(FlowSettings.Limits limits, FlowSettings.Capture capture) {
        return new Flow(
                id,
                file,
                text,
                name,
                note,
                labels,
                status,
                deploy,
                variables,
                settings.with(capture).with(limits),
                triggers,
                steps,
                places);
    }

    /** All steps, each before those that it holds. */
    public Stream<Step> allSteps() {
        return all(steps);
    }

    static Stream<Step> all(List<Step> steps) {
        return steps.stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step),
                        step.paths().stream().map(Plan.Path::steps).flatMap(Flow::all)));
    }

    /** What a start does while a run is going. */
    public Overlap overlap() {
        Overlap chosen = settings.overlap();
        if (chosen != null) {
            return chosen;
        }
        boolean scheduled = !triggers.isEmpty() && triggers.stream().allMatch(Schedule.class::isInstance);
        return scheduled ? Overlap.LATEST : Overlap.QUEUE;
    }

    /** Which payloads the run record keeps. */
    public FlowSettings.Kept kept() {
        FlowSettings.Kept chosen = settings.capture().payloads();
        if (chosen != null) {
            return chosen;
        }
        boolean answers = triggers.stream().anyMatch(Callback.class::isInstance);
        return answers ? FlowSettings.Kept.FAILURES : FlowSettings.Kept.ALL;
    }

    /** Of which requests the run record keeps bodies. What is masked or not kept of payloads may stand anywhere in a request. */
    public FlowSettings.Kept keptRequests() {
        FlowSettings.Kept chosen = settings.capture().requests();
        if (chosen != null) {
            return chosen;
        }
        boolean open = settings.capture().mask().isEmpty() && settings.capture().payloads() != FlowSettings.Kept.NONE;
        return open ? FlowSettings.Kept.FAILURES : FlowSettings.Kept.NONE;
    }
}
