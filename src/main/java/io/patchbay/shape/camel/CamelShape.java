package io.patchbay.shape.camel;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Passes payloads through steps of Camel's YAML DSL. */
public final class CamelShape implements ShapeType<CamelShape.CamelSettings> {

    private static final ShapeSpec SPEC =
            new ShapeSpec("camel", "Passes each payload through steps written in Camel's own YAML DSL.", """
            The steps get a copy: JSON and text as a string, anything else as bytes or a stream, no content as null. Header
            `Content-Type` holds the media type; metadata stands in headers that begin with `meta.`, and such headers are the
            metadata of what comes out. The body that the steps leave is the new payload: JSON where the `Content-Type` says
            so, none when the body is null; with `yields: many` each item of a list is a payload of its own.

            The steps become a route in a Camel context of their own, with components and languages by allow-list
            (`patchbay.camel.components`, `patchbay.camel.languages`). There, only Camel's languages apply: `${body}` is Camel's
            simple language, not Patchbay's placeholder. Endpoints are written out: data may not choose what is called. Metadata
            is read as `{ header: meta.shop }` or `${headerAs('meta.shop', String)}`.
            """, """
            As the steps: a step that failed is tried again from the first one, so what the steps before it did outside is
            repeated. Say `outside: false` when they only calculate, so that the result needs no checkpoint.
            """, """
            flow: shouting
            shapes:
              - id: order
                manualPayload: { json: { name: "lamp" } }
              - id: louder
                camel:
                  outside: false
                  steps:
                    - setBody: { jsonpath: { expression: "$.name", resultType: java.lang.String } }
                    - setBody: { simple: "${uppercase(${body})}!" }
                    - setHeader: { name: Content-Type, constant: text/plain }
            """);

    /** Settings of a camel shape. */
    @Doc("Steps in Camel's YAML DSL")
    public record CamelSettings(
            @Doc("The steps, a list as under 'steps' of a Camel route") @Nullable
            Node steps,

            @Doc("In place of steps: the URI of one endpoint that gets the payload and leaves the answer") @Nullable
            String uri,

            @Doc("'one': what the steps leave is one payload; 'many': each item of a list is one") @Default("one")
            Yields yields,

            @Doc("Whether the steps act on the world outside: then their result is a checkpoint") @Default("true")
            boolean outside) {

        /** @throws IllegalArgumentException unless exactly one of steps and uri is there */
        public CamelSettings {
            if ((steps == null) == (uri == null)) {
                throw new IllegalArgumentException("'camel' needs either 'steps' or 'uri'");
            }
        }
    }

    /** How many payloads come out for one. */
    public enum Yields {
        /** One, or none when the body is null. */
        ONE,
        /** One for each item of a list. */
        MANY
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<CamelSettings> settings() {
        return CamelSettings.class;
    }

    @Override
    public Contract contract(CamelSettings settings, Surroundings around) {
        Contract contract = settings.yields() == Yields.MANY ? Contract.many() : Contract.atMostOne();
        return settings.outside() ? contract.actingOutside() : contract;
    }

    @Override
    public void check(CamelSettings settings, Placed at, Surroundings around, Problems problems) {
        around.service(CamelRoutes.class).check(steps(settings, at), problems);
    }

    @Override
    public Plan plan(CamelSettings settings, Placed at, Surroundings around) {
        String uri = around.service(CamelRoutes.class)
                .endpoint(around.flow(), at.id(), steps(settings, at), settings.yields() == Yields.MANY);
        return new Plan.Endpoint(uri, null, Map.of());
    }

    /** An endpoint alone is one step. */
    private static Node steps(CamelSettings settings, Placed at) {
        Node steps = settings.steps();
        if (steps != null) {
            return steps;
        }
        Node uri = Objects.requireNonNull(((MapNode) at.settings()).get("uri"));
        Entry to = new Entry(uri.at(), "to", uri);
        return new ListNode(uri.at(), List.of(new MapNode(uri.at(), Map.of("to", to))));
    }
}
