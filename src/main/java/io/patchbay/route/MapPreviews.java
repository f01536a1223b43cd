package io.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.map.Preview;
import io.patchbay.shape.map.Previewing;
import io.patchbay.shape.map.Sample;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries maps of flows on samples: of deployed flows, and of texts that nobody has saved yet. */
public final class MapPreviews {

    /** A preview works on a caller's thread, and scripts in it take their time. */
    private static final int AT_ONCE = 4;

    private final Deployed deployed;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** What is deployed. */
    public interface Deployed {
        /** A flow by its id. */
        Optional<Flow> flow(String id);

        /** What names in flows lead to now. */
        FlowReader.World world();
    }

    /** Previews in front of what is deployed. */
    public MapPreviews(Deployed deployed) {
        this.deployed = deployed;
    }

    /**
     * What is to be tried.
     *
     * @param flow id of the flow
     * @param text of its file; null for what is deployed
     * @param shape id of the map; null for the only one
     * @param sample gives what it is tried on
     */
    public record Ask(
            String flow, @Nullable String text, @Nullable String shape, Supplier<Sample> sample) {}

    /**
     * What came of it.
     *
     * @param preview null when the text has errors
     * @param problems what is wrong with the text
     */
    public record Answer(@Nullable Preview preview, List<Problem> problems) {
        public Answer {
            problems = List.copyOf(problems);
        }
    }

    /** Why there is no preview. */
    public static final class NoPreviewException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean later;

        NoPreviewException(String message, boolean later) {
            super(message, null, false, false);
            this.later = later;
        }

        /** Whether it is worth another try. */
        public boolean later() {
            return later;
        }
    }

    /** Whether a flow is deployed. */
    public boolean knows(String flow) {
        return deployed.flow(flow).isPresent();
    }

    /** Tries a map. @throws NoPreviewException when there is no such flow or map, or too much is tried at once */
    public Answer preview(Ask ask) {
        return atOnce(() -> made(ask));
    }

    /** Does other work that takes as long. @throws NoPreviewException when too much is done at once, or as the work throws it */
    public <T> T atOnce(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw new NoPreviewException(AT_ONCE + " previews go on already", true);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /**
     * What an endpoint says of its records.
     *
     * @param target whether those that it takes, and not those that it gives
     * @throws NoPreviewException when there is no such endpoint, or it says nothing
     */
    public JsonNode schema(String instance, String endpoint, boolean target) {
        Object services = deployed.world().around("", Map.of()).services().get(Catalog.class);
        Catalog catalog = services instanceof Catalog found ? found : Catalog.EMPTY;
        Instance owner = catalog.instance(instance);
        if (owner == null) {
            throw missing("there is no instance '" + instance + "'", instance, catalog.instanceNames());
        }
        Endpoint found = owner.endpoint(endpoint);
        if (found == null) {
            throw missing(
                    "'" + instance + "' has no endpoint '" + endpoint + "'", endpoint, catalog.endpoints(instance));
        }
        PayloadSchema schema =
                target ? found.schemas().request() : found.schemas().response();
        if (schema == null) {
            throw new NoPreviewException(
                    "endpoint '" + endpoint + "' has no schema of what it " + (target ? "takes" : "gives")
                            + "; give a sample instead",
                    false);
        }
        return schema.document();
    }

    private static NoPreviewException missing(String what, String name, Collection<String> known) {
        String hint = DidYouMean.hint(name, known);
        return new NoPreviewException(what + (hint == null ? "" : "; " + hint), false);
    }

    private Answer made(Ask ask) {
        FlowReader.World world = deployed.world();
        Sample sample = ask.sample().get();
        if (ask.text() == null) {
            Flow flow = deployed.flow(ask.flow())
                    .orElseThrow(() -> new NoPreviewException("there is no flow '" + ask.flow() + "'", false));
            return new Answer(of(flow, world.around(flow.id(), flow.variables()), ask.shape(), sample), List.of());
        }
        // A reader of its own: one that is shared remembers what it read by the name of the file.
        Validated<Flow> read = new FlowReader(Shapes.all()).read(ask.flow() + ".flow.yaml", ask.text(), world);
        return read.value()
                .map(flow -> new Answer(
                        of(flow, world.around(flow.id(), flow.variables()), ask.shape(), sample), read.problems()))
                .orElseGet(() -> new Answer(null, read.problems()));
    }

    /** Tries a map of a flow. @throws NoPreviewException when it has no such map */
    public static Preview of(Flow flow, Surroundings around, @Nullable String shape, Sample sample) {
        List<Step> maps = flow.allSteps().filter(Previewing::maps).toList();
        List<String> ids = maps.stream().map(Step::id).toList();
        if (maps.isEmpty()) {
            throw new NoPreviewException("flow '" + flow.id() + "' has no map", false);
        }
        if (shape == null && maps.size() > 1) {
            throw new NoPreviewException(
                    "flow '" + flow.id() + "' has several maps; name one of " + String.join(", ", ids), false);
        }
        Step map = maps.stream()
                .filter(step -> shape == null || step.id().equals(shape))
                .findFirst()
                .orElseThrow(() -> new NoPreviewException(
                        "flow '" + flow.id() + "' has no map '" + shape + "'; "
                                + DidYouMean.hint(String.valueOf(shape), ids),
                        false));
        String missing = sample.records().missing(sample.payload());
        if (missing != null) {
            throw new NoPreviewException(missing, false);
        }
        return Previewing.of(map, around.at(map.id()), sample);
    }
}
