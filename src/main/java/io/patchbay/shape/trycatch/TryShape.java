package io.patchbay.shape.trycatch;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.List;

/** Sends payloads that fail to a catch. */
public final class TryShape implements ShapeType<TryShape.TrySettings> {

    private static final String CATCH = "catch";

    private static final ShapeSpec SPEC = new ShapeSpec(
            "try",
            "Sends payloads that fail in its shapes to its catch; the others go on.",
            """
            Each payload (and each record that leaves its page) that used up its attempts in `shapes` goes to `catch`, with
            `${error.message}`, `${error.code}`, `${error.shape}` and `${error.attempts}`. The catch runs when the try has seen
            everything that comes to it, and not at all when nothing failed; while pages stream, that is page by page, unless a shape
            in the catch needs all that failed at once. A failure inside the catch fails the run. What comes
            out of both goes on together; a catch that ends with a `filter` which keeps nothing lets nothing of it go on. `outcome`
            says how a run ends in which something was caught. In the run record the try itself counts what went into it; what came
            out is counted by the shapes inside and behind it.
            """,
            "Loses and repeats nothing: what failed is kept for replay as well, marked as caught.",
            """
            flow: careful-orders
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, total: "10.00" }, { id: 2, total: "ten" } ] }
              - id: safely
                try:
                  outcome: partial
                  shapes:
                    - id: lines
                      map: { fields: [ { to: order, from: id }, { to: sum, from: total, then: [ { number: {} } ] } ] }
                  catch:
                    - id: told
                      notify: { per: payload, log: warn, text: "an order failed: ${error.message}" }
            """);

    /** Settings of a try. */
    @Doc("Shapes whose failures are caught")
    public record TrySettings(
            @Doc("How a run ends in which something was caught") @Default("partial")
            Plan.Guard.Outcome outcome,

            @Doc("What is tried") List<Step> shapes,

            @Doc("What happens to payloads that failed") @Key("catch") @Default("[]")
            List<Step> caught) {}

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<TrySettings> settings() {
        return TrySettings.class;
    }

    @Override
    public Contract contract(TrySettings settings, Surroundings around) {
        return Contract.many();
    }

    @Override
    public void check(TrySettings settings, Placed at, Surroundings around, Problems problems) {
        if (settings.shapes().isEmpty()) {
            problems.error(
                    at.at("shapes"),
                    "UNREACHABLE_SHAPE",
                    "there is nothing to try, so the catch of '" + at.id() + "' can never be reached",
                    "put shapes under 'shapes', or take the try out");
        }
    }

    @Override
    public List<Plan.Path> paths(TrySettings settings) {
        return List.of(new Plan.Path("try", settings.shapes()), new Plan.Path(CATCH, settings.caught()));
    }

    @Override
    public boolean passesOn(TrySettings settings, Plan.Path path) {
        return !path.name().equals(CATCH);
    }

    @Override
    public Plan plan(TrySettings settings, Placed at, Surroundings around) {
        List<Plan.Path> paths = paths(settings);
        return new Plan.Guard(paths.get(0), paths.get(1), settings.outcome());
    }
}
