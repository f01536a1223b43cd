package io.patchbay.shape;

import io.patchbay.expression.Ref;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One shape placed in one flow, with its settings.
 *
 * @param id unique in the flow; joins canvas, Camel node, metrics and run record
 * @param name what people call it, or null
 * @param note a remark of the author, or null
 * @param type the kind of shape
 * @param settings bound settings, an instance of the type's record
 * @param placed where it stands
 * @param at where the shape begins in the file
 * @param common what every shape may have
 */
public record Step(
        String id,
        @Nullable String name,
        @Nullable String note,
        ShapeType<?> type,
        Object settings,
        Placed placed,
        Location at,
        Common common) {

    /**
     * What every shape may have around its settings.
     *
     * @param parallel how many payloads of a stream pass at one time
     * @param ordered whether they go on in the order in which they came
     */
    public record Common(
            @Nullable Retries retries,
            @Nullable Duration timeout,
            OnError onError,
            int parallel,
            boolean ordered,
            boolean disabled) {

        /** Whether more than one payload passes at one time. */
        public boolean severalAtOnce() {
            return parallel > 1;
        }
    }

    /** What happens to the run when a payload fails for good. */
    public enum OnError {
        /** The run stops. */
        STOP,
        /** The others go on. */
        SKIP
    }

    /** The contract of this placing. */
    public Contract contract(Surroundings around) {
        return typed(type).contract(settings, around);
    }

    /** The work of this placing. */
    public Plan plan(Surroundings around) {
        return typed(type).plan(settings, placed, around);
    }

    /** What the placing's placeholders read. */
    public Set<Ref> reads() {
        return typed(type).reads(settings);
    }

    /** Finds what is wrong with this placing. */
    public void check(Surroundings around, Problems problems) {
        typed(type).check(settings, placed, around, problems);
    }

    /** See {@link ShapeType#keepsRecords}. */
    public boolean keepsRecords() {
        return typed(type).keepsRecords(settings);
    }

    /** See {@link ShapeType#passesOn}. */
    public boolean passesOn(Plan.Path path) {
        return typed(type).passesOn(settings, path);
    }

    /** What is known of each record that goes on, or null. */
    public @Nullable Described gives(Surroundings around) {
        return typed(type).gives(settings, around);
    }

    /** What is known of each record that it wants, or null. */
    public @Nullable Described takes(Surroundings around) {
        return typed(type).takes(settings, around);
    }

    /** Finds what does not fit between it and the records around it. */
    public void checkBetween(Between between, Problems problems) {
        typed(type).checkBetween(settings, placed, between, problems);
    }

    /** See {@link ShapeType#anyOrder}. */
    public boolean anyOrder() {
        return typed(type).anyOrder(settings);
    }

    /** Why payloads have to pass it one after the other, or null. */
    public @Nullable String oneByOne(Surroundings around) {
        return typed(type).oneByOne(settings, around);
    }

    /** What the placing's meaning hangs on outside the flow file. */
    public String fingerprint(Surroundings around) {
        return typed(type).fingerprint(settings, around);
    }

    /** The flows that this placing starts, and those that it holds. */
    public Stream<Called> calls() {
        return Stream.concat(
                typed(type).calls(settings, placed).stream(),
                paths().stream().flatMap(path -> path.steps().stream()).flatMap(Step::calls));
    }

    /** The shapes that this placing wants to be told of. */
    public List<Watch> watches(Surroundings around) {
        return typed(type).watches(settings, placed, around);
    }

    /** The lists of shapes that this placing holds. */
    public List<Plan.Path> paths() {
        return typed(type).paths(settings);
    }

    @SuppressWarnings("unchecked") // settings were bound to type.settings() by the reader that made this step
    private static ShapeType<Object> typed(ShapeType<?> type) {
        return (ShapeType<Object>) type;
    }
}
