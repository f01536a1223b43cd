package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.flow.Picture;
import io.patchbay.shape.Step;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A flow as it is drawn. */
@Doc("A flow as it is drawn; who draws it lays it out")
record CanvasView(
        String flow,
        @Doc("The version that is drawn") String revision,

        @Doc("What starts it; one node of the kind manual where the file names nothing")
        List<StartNode> starts,

        @Doc("All shapes, each before those that it holds") List<ShapeNode> shapes,

        @Doc("The ways of payloads from one node to another")
        List<Edge> edges) {

    /** What starts the flow. */
    @Doc("What starts the flow")
    record StartNode(
            @Doc("No shape has it") String id,
            @Doc("The kind of trigger") String kind,

            @Doc("Where it stands in the file; 0 when it does not")
            int line,

            @Doc("Its settings as YAML") String settings) {}

    /** A shape of the flow. */
    @Doc("A shape of the flow")
    record ShapeNode(
            String id,
            @Doc("The kind of shape") String kind,
            @Doc("What people call it") @Nullable String name,
            @Doc("A remark of the author") @Nullable String note,

            @Doc("The shape that holds it; null at the top") @Nullable
            String parent,

            @Doc("The path of that shape in which it stands") @Nullable
            String path,

            @Doc("The paths that it holds itself; one may be empty")
            List<String> paths,

            @Doc("Where it stands in the file") int line,

            @Doc("Its own settings as YAML, without the shapes that it holds")
            String settings,

            @Doc("Payloads pass by unchanged") boolean disabled,

            @Doc("What happens to the run when a payload fails for good")
            Step.OnError onError,

            @Doc("How many payloads pass at one time") int parallel,

            @Doc("Its id in Camel, as JMX and Hawtio show it")
            String camelNode) {}

    /** A way of payloads. */
    @Doc("A way of payloads from one node to another")
    record Edge(
            String from,
            String to,

            @Doc("The path that it leads into, or past, where that is empty") @Nullable
            String label,

            @Doc("To the next, into a path, with what failed, or round once more")
            Picture.Way way) {}

    /** @param redact takes secrets out of text */
    static CanvasView of(String flow, String revision, Picture picture, UnaryOperator<String> redact) {
        return new CanvasView(
                flow,
                revision,
                picture.starts().stream()
                        .map(start ->
                                new StartNode(start.id(), start.kind(), start.line(), redact.apply(start.settings())))
                        .toList(),
                picture.shapes().stream()
                        .map(shape -> node(shape, flow + "@" + revision + "/", redact))
                        .toList(),
                picture.links().stream()
                        .map(link -> new Edge(link.from(), link.to(), link.label(), link.way()))
                        .toList());
    }

    private static ShapeNode node(Picture.Shape shape, String camelPrefix, UnaryOperator<String> redact) {
        return new ShapeNode(
                shape.id(),
                shape.kind(),
                shape.name(),
                shape.note() == null ? null : redact.apply(shape.note()),
                shape.parent(),
                shape.path(),
                shape.paths(),
                shape.line(),
                redact.apply(shape.settings()),
                shape.common().disabled(),
                shape.common().onError(),
                shape.common().parallel(),
                camelPrefix + shape.id());
    }
}
