package io.patchbay.shape.loop;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Set;

/** Repeats shapes for a payload while a condition holds. */
public final class LoopShape implements ShapeType<LoopShape.LoopSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "loop",
            "Repeats its shapes for each payload while a condition holds.",
            """
            `while` is tested before each round, also the first: while any record of the payload meets it, the whole payload goes through
            `shapes` once more. What a round gives is what the next test sees, and what goes on when nothing meets the condition any
            more. To repeat for each record by itself, put `flowControl: { size: 1, wrapSingle: false }` before it.

            `${meta.round}` is the number of the round, from 1. A payload that still meets the condition after `most` rounds fails
            (`LOOP_LIMIT`). A payload that fails or is dropped in a round leaves the loop. Payloads go round one after the other; with
            `parallel` beside each other.

            Inside stand shapes that give at most one payload for one: no list that is read in pages, no split, no route, branch or
            try, nothing that works on all payloads at once. A `try` may stand around the loop.
            """,
            "Nothing. Each round has a lineage of its own, so a run that is taken up again after a crash goes through the rounds"
                    + " again and does not send anew what was sent in them.",
            """
            flow: patient-export
            shapes:
              - id: job
                manualPayload: { json: { id: 7, state: pending } }
              - id: until-done
                loop:
                  while: { field: state, is: pending }
                  most: 20
                  shapes:
                    - id: a-moment
                      delay: { for: 10ms }
                    - id: asked
                      manualPayload: { json: { id: 7, state: done } }
              - id: told
                notify: { per: record, log: info, text: "job ${record.id} is ${record.state}" }
            """);

    /** Settings of a loop. */
    @Doc("What to repeat, and while what")
    public record LoopSettings(
            @Doc("Goes round while any record of the payload meets it") @Key("while")
            Condition condition,

            @Doc("Most rounds; a payload that needs more fails") @Default("100") @Range(min = 1, max = 100_000)
            int most,

            @Doc("What is repeated") List<Step> shapes) {}

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<LoopSettings> settings() {
        return LoopSettings.class;
    }

    @Override
    public Contract contract(LoopSettings settings, Surroundings around) {
        return Contract.atMostOne().reading(References.state(reads(settings)));
    }

    @Override
    public Set<Ref> reads(LoopSettings settings) {
        return settings.condition().reads();
    }

    @Override
    public void check(LoopSettings settings, Placed at, Surroundings around, Problems problems) {
        if (settings.shapes().isEmpty()) {
            problems.error(
                    at.at("shapes"),
                    "EMPTY_LOOP",
                    "'" + at.id() + "' repeats nothing, so its condition never changes",
                    "put shapes there that change what the condition looks at");
        }
    }

    @Override
    public List<Plan.Path> paths(LoopSettings settings) {
        return List.of(new Plan.Path("round", settings.shapes()));
    }

    @Override
    public Plan plan(LoopSettings settings, Placed at, Surroundings around) {
        return new Plan.Repeat(
                paths(settings).get(0), (payload, round, attempt) -> again(settings, payload, round, attempt));
    }

    private static boolean again(LoopSettings settings, Payload payload, int round, Attempt attempt)
            throws StepException {
        Payload parsed = payload.parsed();
        for (JsonNode record : parsed.records()) {
            if (meets(settings.condition(), parsed, record, attempt)) {
                if (round >= settings.most()) {
                    throw new StepException(
                            Owner.AUTHOR,
                            "LOOP_LIMIT",
                            "after " + round + " rounds the condition still holds: " + settings.condition()
                                    + "; give a greater 'most', or a longer delay inside");
                }
                return true;
            }
        }
        return false;
    }

    private static boolean meets(Condition condition, Payload payload, JsonNode record, Attempt attempt)
            throws StepException {
        try {
            return condition.test(record, attempt.scope(payload, record));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }
}
