package io.patchbay.shape;

import io.patchbay.expression.Ref;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of shape: what it is called, how it is written, what it promises about the payloads that pass, and how its work is
 * made. The compiler lays out a flow from the {@link Contract} alone; a step owns retries, timeout, capture, counts and
 * failure routing, so a shape's work has none of these.
 *
 * @param <C> the settings record, bound from the mapping under the shape's key
 */
public interface ShapeType<C> {

    /** Name, summary, delivery note and a runnable example. */
    ShapeSpec spec();

    /** The settings record. */
    Class<C> settings();

    /** What this placing of the shape promises. Called only with settings that {@link #check} found right. */
    Contract contract(C settings, Surroundings around);

    /** What its placeholders read; whether the names lead somewhere is found where the whole flow is known. */
    default Set<Ref> reads(C settings) {
        return Set.of();
    }

    /** Finds what is wrong beyond the form: names that lead nowhere, values that do not fit together. */
    default void check(C settings, Placed at, Surroundings around, Problems problems) {}

    /** The lists of shapes that this placing holds, in order; none for a shape that holds no others. */
    default List<Plan.Path> paths(C settings) {
        return List.of();
    }

    /** The flows that it starts; whether they are there is found where all flows are known. */
    default List<Called> calls(C settings, Placed at) {
        return List.of();
    }

    /** Why payloads have to pass it one after the other, as the end of a sentence; null when some may pass at one time. */
    default @Nullable String oneByOne(C settings, Surroundings around) {
        return null;
    }

    /**
     * Whether what it writes is the same in whichever order payloads come, so that some may pass at one time although it writes.
     */
    default boolean anyOrder(C settings) {
        return false;
    }

    /** Shapes behind whose passed payloads it wants to be told of, by whatever run they pass. */
    default List<Watch> watches(C settings, Placed at, Surroundings around) {
        return List.of();
    }

    /** What the shape's meaning hangs on outside the flow file (a connector's content hash, say); part of the revision. */
    default String fingerprint(C settings, Surroundings around) {
        return "";
    }

    /** Whether the records that go on are as they came, if not all of them. */
    default boolean keepsRecords(C settings) {
        return false;
    }

    /** Whether the shapes of a list that it holds get records as they came to it, and what they make of them goes on. */
    default boolean passesOn(C settings, Plan.Path path) {
        return false;
    }

    /** What is known of each record that goes on; null for nothing. Called only with settings that are right. */
    default @Nullable Described gives(C settings, Surroundings around) {
        return null;
    }

    /** What is known of each record that it wants; null for nothing. Called only with settings that are right. */
    default @Nullable Described takes(C settings, Surroundings around) {
        return null;
    }

    /** Finds what does not fit between it and the records around it, in a flow in which nothing is wrong: warnings. */
    default void checkBetween(C settings, Placed at, Between between, Problems problems) {}

    /** Makes the work, once per deployment. Called only with settings that {@link #check} found right. */
    Plan plan(C settings, Placed at, Surroundings around);
}
