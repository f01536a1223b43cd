package io.patchbay.shape.dedupe;

import io.patchbay.expression.Ref;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.Watch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lets each record through once. */
public final class DeDupeShape implements ShapeType<DeDupeSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "deDupe",
            "Lets each record through once, by its key in a data pool.",
            """
            The pool is shared by all flows and replicas. `routes/stores.yaml` says how long it remembers a key after it was last seen (90 days
            unless told). `entity` keeps keys of several kinds apart in one pool.

            - With `remember: { after: push }` a key is *claimed* here and *remembered* when the shape `push`, somewhere behind, has sent the
              record. What was not sent by the end of the run, because it failed or a filter dropped it, is released, and the next run sends
              it. A record whose key another run has claimed is dropped: the other run sends it, or keeps it as a failed payload.
              `whenClaimed: fail` makes it a failed payload of this run, too; `whenClaimed: retry` tries its payload again as `retries` says.
              Within a run the first record with a key goes on and the others are dropped, also when that first one fails.
            - `behaviour: filter` drops records whose key is remembered and learns nothing, `track` learns and drops nothing, and
              `filterAndTrack` does both at once: what fails behind it is known all the same and comes no more. Within one flow a `filter`
              sees nothing of what a `track` behind it learns in the same run.

            The key is the value at a path, a list of paths, or text with placeholders; it has at most 500 characters. Which records passed
            `push` is read from what reached it and did not fail there: at the same place as here, or where `remember: { after: push, key: orderNo }`
            says. **When a map takes the key out of the records, say where it stands then.** A payload of one record that is still one record is recognised
            without. What cannot be recognised is not remembered: the log warns, and it is sent again by the next run.

            A record without a key is a failed payload of its own, unless `onMissing: keep` lets it through. `push` must be a shape behind this
            one that sends; for what goes different ways, put a deDupe into each.
            """,
            "With `remember`: it never remembers what was not sent. It may let a record through again: when the program dies between a send and"
                    + " its checkpoint (at most the sends in flight), when a payload of which parts were sent fails as a whole, and when what reaches"
                    + " the shape has no key any more. A record that is dropped because another run has claimed its key is as lost as that run's"
                    + " failed payload is: replay it there. `filterAndTrack` loses what fails behind it, but for replays of the payload that failed.",
            """
            flow: orders-once
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, total: "10.00" }, { id: 1, total: "10.00" }, { id: 2, total: "3.50" } ] }
              - id: new-ones
                deDupe: { pool: handed-over, key: id, remember: { after: hand-over } }
              - id: hand-over
                runFlow: { flow: one-order }
            """);

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<DeDupeSettings> settings() {
        return DeDupeSettings.class;
    }

    @Override
    public Contract contract(DeDupeSettings settings, Surroundings around) {
        Set<StateRef> pool = Set.of(new StateRef(StateRef.Kind.POOL, settings.pool()));
        boolean reads = settings.does() != DeDupeSettings.Behaviour.TRACK;
        Set<StateRef> read = new LinkedHashSet<>(References.state(settings.key().reads()));
        read.addAll(reads ? pool : Set.of());
        return Contract.atMostOne()
                .reading(read)
                .writing(settings.does() == DeDupeSettings.Behaviour.FILTER ? Set.of() : pool);
    }

    @Override
    public Set<Ref> reads(DeDupeSettings settings) {
        return settings.key().reads();
    }

    @Override
    public void check(DeDupeSettings settings, Placed at, Surroundings around, Problems problems) {
        Stores stores = Stores.of(around);
        if (stores.declaredPool(settings.pool()) == null) {
            String declared = settings.pool().replaceFirst("@.*", ""); // an environment's pool is kept as that is
            String hint = DidYouMean.hint(declared, stores.pools().keySet());
            problems.warning(
                    at.at("pool"),
                    "POOL_NOT_DECLARED",
                    "no stores.yaml declares a pool '" + declared + "'; it remembers for "
                            + stores.pool(settings.pool()).keep().toDays() + " days",
                    hint == null
                            ? "declare it in routes/stores.yaml: pools: { " + declared + ": { keep: 90d } }"
                            : hint);
        }
    }

    @Override
    public String fingerprint(DeDupeSettings settings, Surroundings around) {
        return "pool " + settings.pool() + " "
                + Stores.of(around).pool(settings.pool()).keep();
    }

    @Override
    public List<Watch> watches(DeDupeSettings settings, Placed at, Surroundings around) {
        DeDupeSettings.Remember remember = settings.remember();
        return remember == null
                ? List.of()
                : List.of(new Watch(
                        remember.after(), at.key("remember", "after"), new Remembering(settings, remember, around)));
    }

    @Override
    public boolean keepsRecords(DeDupeSettings settings) {
        return true;
    }

    @Override
    public Plan plan(DeDupeSettings settings, Placed at, Surroundings around) {
        return new Plan.PerPayload(new Telling(settings, around));
    }
}
