package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.flow.Flow;
import io.patchbay.route.Flows;
import io.patchbay.run.RunStatus;
import io.patchbay.run.counts.RunCounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A flow. */
@Doc("A flow")
record FlowView(
        String id,
        @Doc("What people call it") String name,
        @Doc("Path relative to the home folder") String file,
        @Doc("Words to find it by") List<String> labels,

        @Doc("What its file says; only active flows are started by their triggers")
        Flow.Status status,

        @Doc("False while an operator paused it") boolean enabled,

        @Doc("What new runs run under; null when no version of the file was ever right") @Nullable
        String revision,

        @Doc("Names of variables that a start may set") List<String> variables,
        @Doc("Its shapes, in order") List<ShapeId> shapes,
        @Doc("What starts it, for people") List<String> triggers,
        @Doc("Runs that go on") long running,
        @Doc("Starts that wait") long queued,
        @Doc("What is wrong with its file now") List<ProblemView> problems,

        @Doc("Its newest run that began; null when none is kept") @Nullable
        LastRun lastRun,

        @Doc("When its schedules start it next; null where none does, or it is not active, or paused") @Nullable
        Instant nextRunAt,

        @Doc("Runs that ended in this hour or the one before")
        Recent lastHour,

        @Doc("Runs that ended in this hour or the 23 before")
        Recent lastDay,

        @Doc("Which version runs, and how the file stands to it; null for a file of which it is not known whose it is")
        @Nullable
        VersionStateView version) {

    /** A run, in short. */
    @Doc("A run, in short")
    record LastRun(
            String id,
            RunStatus status,
            @Doc("When its start was accepted") Instant queuedAt,
            @Doc("When it began") @Nullable Instant startedAt,
            @Doc("When it ended") @Nullable Instant endedAt) {}

    /** Runs that ended since the beginning of an hour. */
    @Doc("Runs that ended since the beginning of an hour")
    record Recent(@Doc("The beginning of that hour") Instant since, CountsView counts) {}

    /** A shape of a flow. */
    record ShapeId(String id, @Doc("The kind of shape") String type) {}

    /** @param seen what is known of its runs */
    static FlowView of(Flows.View view, Seen seen, @Nullable VersionStateView version) {
        return new FlowView(
                view.id(),
                view.name(),
                view.file(),
                view.labels(),
                view.status(),
                view.enabled(),
                view.revision(),
                view.variables().stream().sorted().toList(),
                view.shapes().entrySet().stream()
                        .map(shape -> new ShapeId(shape.getKey(), shape.getValue()))
                        .toList(),
                view.triggers(),
                view.running(),
                view.queued(),
                view.problems().stream().map(ProblemView::of).toList(),
                seen.newest == null
                        ? null
                        : new LastRun(
                                seen.newest.id(),
                                seen.newest.status(),
                                seen.newest.queuedAt(),
                                seen.newest.startedAt(),
                                seen.newest.endedAt()),
                seen.next,
                seen.hour,
                seen.day,
                version);
    }

    /** What is known of a flow's runs. */
    record Seen(RunCounts.@Nullable Newest newest, @Nullable Instant next, Recent hour, Recent day) {}
}
