package io.patchbay.shape.wait;

import io.patchbay.canvas.Node;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TargetPath;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps payloads until somebody approves them, or an event comes. */
public final class WaitShape implements ShapeType<WaitSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "wait",
            "Keeps each payload until a person approves it or an event comes, for days if need be; restarts do not matter.",
            """
            With `for: approval` a person says yes or no; `title` and `message` are what they read. With `for: event` something is told under
            the `key`: by the [API](../waits.md), the command line, or a shape `wait: { release: … }` of whatever flow. Each payload waits for
            itself. To let records wait by themselves, put a flowControl with `size: 1` before it.

            A payload that waits has left its run: it is on disk with its metadata, lineage and the flow's variables, and holds no thread, place
            or timeout. The run goes on with the others, ends, and says how many wait. What is released goes on in a run of its own, which
            enters the flow behind the wait, under the revision that it came with, and names the first run as its parent. Relative dates hang on
            the first run.

            What came of it stands in the metadata: `${meta.wait.decision}` (`approved`, `rejected`, `released`, `expired`),
            `${meta.wait.by}`, `${meta.wait.note}`, `${meta.wait.at}` and `${meta.wait.id}`. JSON that came with an event or an approval goes into
            each record with `into`, or in place of the payload with `output: data`; without either it is left out.

            - Rejected: `onReject: fail` makes it a failed payload at this shape (code `REJECTED`, with the note), which a `try` catches and a replay
              lets wait again; `drop` ends it; `continue` lets it go on.
            - Nobody decides within `expires`: the same with `onExpiry` (code `WAIT_EXPIRED`).
            - An event may come before its payload: it is kept for a time, and the first payload that comes for it goes on at once.
            - An event releases all payloads that wait under its key.

            `wait: { release: KEY }` tells an event: the payload goes on at once, unchanged. What comes with the event is the payload's
            content, or what `data` says; it must be JSON.

            A payload that finds no room (`patchbay.waits.…`) fails with `WAITS_FULL`. A wait cannot stand before the callback of a flow that
            is called, in a loop or in a cached shape: what goes on later does not come back there. Nor does it come back to a flow that called this
            one with `runFlow` and `wait: true`, which gets what reached the end at once.
            """,
            "Nothing, and nothing goes on twice: the decision and the start of the run that takes the payload on are one transaction. It"
                    + " reorders: payloads go on when they are released. What works on all payloads behind it (a collect, a branch's union,"
                    + " counts) sees those that go on at once with their run, and each released one by itself.",
            """
            flow: orders-approved
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 7, total: "1200.00" } ] }
              - id: approved
                wait:
                  for: approval
                  title: "Order ${record.id} of ${record.total}"
                  expires: 3d
                  onExpiry: drop
              - id: told
                notify: { per: record, log: info, text: "order ${record.id} approved by ${meta.wait.by}" }
            """);

    /** Settings with a default, which cannot be told from those that are given otherwise. */
    private static final List<String> OF_WAITING = List.of("output", "expires", "onReject", "onExpiry");

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<WaitSettings> settings() {
        return WaitSettings.class;
    }

    /** What waits takes the flow's variables with it, so they are read. */
    @Override
    public Contract contract(WaitSettings settings, Surroundings around) {
        Set<StateRef> reads = new LinkedHashSet<>(References.state(settings.reads()));
        if (settings.release() != null) {
            return Contract.one().reading(reads).actingOutside();
        }
        around.variableNames().forEach(name -> reads.add(StateRef.variable(name)));
        return Contract.atMostOne().reading(reads).actingOutside();
    }

    @Override
    public Set<Ref> reads(WaitSettings settings) {
        return settings.reads();
    }

    @Override
    public void check(WaitSettings settings, Placed at, Surroundings around, Problems problems) {
        TargetPath into = settings.into();
        if (into != null && !into.steps().stream().allMatch(TargetPath.Member.class::isInstance)) {
            problems.error(
                    at.at("into"),
                    "BAD_VALUE",
                    "'into' is one place in the record, found '" + into + "'",
                    "names only, like payment or erp.payment");
        }
        if (settings.release() != null && at.settings() instanceof Node.MapNode given) {
            OF_WAITING.stream()
                    .filter(key -> given.get(key) != null)
                    .forEach(key -> problems.error(
                            at.at(key),
                            "BAD_VALUE",
                            "'" + key + "' is for payloads that wait, and with 'release' none does",
                            "leave it out; what comes with the event is 'data'"));
        }
        if (settings.key() != null && settings.key().constant() && settings.awaits() == Awaits.EVENT) {
            problems.warning(
                    at.at("key"),
                    "SAME_KEY",
                    "all payloads wait under the same key, so one event releases all of them",
                    "for one event each: key: 'paid:${record.id}'");
        }
    }

    @Override
    public Plan plan(WaitSettings settings, Placed at, Surroundings around) {
        return new Plan.PerPayload(
                settings.release() == null ? new Waiting(settings, around) : new Telling(settings, around));
    }
}
