package io.patchbay.shape.flowcontrol;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts the records of a payload into batches. */
public final class FlowControlShape implements ShapeType<FlowControlShape.FlowControlSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "flowControl",
            "Cuts the records of each payload into payloads of at most so many.",
            """
            Each batch is a list of up to `size` records, with the metadata of the payload that it was cut from; what stood
            around the records stays behind. `level` names the list to cut where it is not the payload's own list of records.
            With `size: 1` and `wrapSingle: false` each payload is the record itself, not a list of one. The last batch of a
            payload may be smaller; batches never mix records of two payloads. A payload without records yields none.
            """,
            "Nothing: the same payload is always cut at the same places, so a batch keeps its identity when a run goes on"
                    + " after a crash.",
            """
            flow: batches
            shapes:
              - id: orders
                manualPayload: { json: { orders: [ { id: 1 }, { id: 2 }, { id: 3 } ] } }
              - id: pairs
                flowControl: { level: orders, size: 2 }
            """);

    /** Settings. */
    @Doc("How to cut")
    public record FlowControlSettings(
            @Doc("Most records of a batch") @Range(min = 1, max = 1_000_000)
            int size,

            @Doc("The list to cut, from the root, like data.orders; the default is the payload's own records") @Nullable
            String level,

            @Doc("With size 1: whether a batch is a list of one record, or the record itself") @Default("true")
            boolean wrapSingle) {

        /** @throws IllegalArgumentException if the level is no path, or single records are wanted in batches of more */
        public FlowControlSettings {
            if (!wrapSingle && size != 1) {
                throw new IllegalArgumentException("'wrapSingle: false' needs 'size: 1', found " + size);
            }
            path(level);
        }

        @Nullable
        RecordPath path() {
            return path(level);
        }

        private static @Nullable RecordPath path(@Nullable String level) {
            if (level == null) {
                return null;
            }
            String rooted = level.startsWith("$") ? level : level.startsWith("[") ? "$" + level : "$." + level;
            return RecordPath.parse(rooted.endsWith("[*]") ? rooted : rooted + "[*]");
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<FlowControlSettings> settings() {
        return FlowControlSettings.class;
    }

    @Override
    public Contract contract(FlowControlSettings settings, Surroundings around) {
        return Contract.many();
    }

    @Override
    public void check(FlowControlSettings settings, Placed at, Surroundings around, Problems problems) {
        if (settings.level() != null && settings.level().contains("${")) {
            problems.error(at.at("level"), "BAD_PATH", "'level' cannot hold a placeholder", null);
        }
    }

    @Override
    public boolean keepsRecords(FlowControlSettings settings) {
        return true;
    }

    @Override
    public Plan plan(FlowControlSettings settings, Placed at, Surroundings around) {
        return new Plan.Yielding((payload, attempt) -> open(settings, payload, attempt.shape()), true);
    }

    private static Pull open(FlowControlSettings settings, Payload payload, String shape) throws StepException {
        RecordPath level = settings.path();
        Payload parsed = payload.parsed();
        boolean own = level == null || level.equals(parsed.recordPath());
        return new Batches(
                settings,
                payload,
                shape,
                level == null ? parsed.records() : level.records(payload.tree()),
                own ? Numbering.of(parsed) : null);
    }

    /** Cuts while it is asked; a batch shares its records with the payload. */
    private static final class Batches implements Pull {

        private final FlowControlSettings settings;
        private final Payload parent;
        private final String shape;
        private final List<JsonNode> records;
        private final @Nullable Numbering numbers;
        private int from;
        private long ordinal;

        Batches(
                FlowControlSettings settings,
                Payload parent,
                String shape,
                List<JsonNode> records,
                @Nullable Numbering numbers) {
            this.numbers = numbers;
            this.settings = settings;
            this.parent = parent;
            this.shape = shape;
            this.records = records;
        }

        @Override
        public Element next() {
            if (from >= records.size()) {
                return new End();
            }
            int to = Math.min(records.size(), from + settings.size());
            Payload batch = numbered(batch(records.subList(from, to)), from, to)
                    .withLineage(parent.lineage().child(shape, ordinal++));
            from = to;
            return new Page(batch, Json.NODES.numberNode(to));
        }

        private Payload numbered(Payload batch, int from, int to) {
            Numbering all = numbers;
            if (all == null) {
                return batch;
            }
            for (int i = from; i < to; i++) {
                all.took(i);
            }
            return Objects.requireNonNull(all.in(batch));
        }

        private Payload batch(List<JsonNode> some) {
            return settings.wrapSingle()
                    ? parent.withBody(
                            new Body.Tree(Json.NODES.arrayNode(some.size()).addAll(some)), RecordPath.ROOT_LIST)
                    : parent.withBody(new Body.Tree(some.get(0)), RecordPath.ROOT);
        }

        @Override
        public void close() {
            from = records.size();
        }
    }
}
