package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.flow.Flow;
import io.patchbay.route.Flows;
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

        @Doc("Which version runs, and how the file stands to it; null for a file of which it is not known whose it is")
        @Nullable
        VersionStateView version) {

    /** A shape of a flow. */
    record ShapeId(String id, @Doc("The kind of shape") String type) {}

    static FlowView of(Flows.View view, @Nullable VersionStateView version) {
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
                version);
    }
}
