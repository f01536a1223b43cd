package io.patchbay.flow;

import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds shapes that want to be told of one which payloads cannot reach from them in the same run, or which sends nothing. */
final class WatchOrder {

    /**
     * Where a step stands.
     *
     * @param fans ids of the shapes around it, from the outside
     * @param paths which path of each it is in
     * @param part how many answers come before it: what follows one is a run of its own
     */
    private record Place(Step step, int number, List<String> fans, List<Integer> paths, int part) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Surroundings around;
    private final Problems problems;
    private int part;

    private WatchOrder(Surroundings around, Problems problems) {
        this.around = around;
        this.problems = problems;
    }

    /** Adds a problem for each; all else in the flow is right. */
    static void check(Flow flow, Surroundings around, Problems problems) {
        WatchOrder order = new WatchOrder(around, problems);
        order.walk(flow.steps(), List.of(), List.of());
        order.places
                .values()
                .forEach(place -> place.step().watches(around).forEach(watch -> order.check(place, watch)));
    }

    private void walk(List<Step> steps, List<String> fans, List<Integer> paths) {
        for (Step step : steps) {
            if (step.common().disabled()) {
                continue;
            }
            places.put(step.id(), new Place(step, places.size(), fans, paths, part));
            List<Plan.Path> inside = step.paths();
            for (int i = 0; i < inside.size(); i++) {
                walk(inside.get(i).steps(), with(fans, step.id()), with(paths, i));
            }
            if (step.type().spec().name().equals("callback")) {
                part++;
            }
        }
    }

    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }

    private void check(Place from, Watch watch) {
        Place to = places.get(watch.shape());
        String id = watch.shape();
        if (to == null) {
            problems.error(
                    watch.at(),
                    "UNKNOWN_SHAPE_ID",
                    "the flow has no shape '" + id + "' that works",
                    hint(from, DidYouMean.hint(id, places.keySet())));
            return;
        }
        String why = unreachable(from, to);
        if (why != null) {
            problems.error(watch.at(), "NOT_BEHIND", "'" + id + "' " + why, hint(from, null));
            return;
        }
        Contract contract = to.step().contract(around);
        if (!contract.outside() || contract.yields() == Contract.Yields.MANY) {
            problems.error(
                    watch.at(),
                    "SENDS_NOTHING",
                    "'" + id + "' sends nothing, so nothing is sent when it is done",
                    hint(from, null));
        }
    }

    private @Nullable String unreachable(Place from, Place to) {
        if (to.number() <= from.number()) {
            return "is not behind '" + from.step().id() + "': it works earlier";
        }
        if (to.part() != from.part()) {
            return "stands behind an answer: what follows it is a run of its own";
        }
        String apart = apart(from, to);
        if (apart != null) {
            return apart;
        }
        for (Place wait : places.values()) {
            boolean between = wait.number() > from.number() && wait.number() < to.number();
            if (between
                    && WaitPlaces.waits(wait.step(), around)
                    && apart(from, wait) == null
                    && apart(wait, to) == null) {
                return "stands behind '" + wait.step().id() + "': what waits there goes on in a run of its own";
            }
        }
        return null;
    }

    /** Why payloads of one place cannot come to a later one: it is in another path. */
    private @Nullable String apart(Place from, Place to) {
        for (int i = 0; i < Math.min(from.fans().size(), to.fans().size()); i++) {
            if (!from.fans().get(i).equals(to.fans().get(i))) {
                return null;
            }
            boolean apart = !from.paths().get(i).equals(to.paths().get(i));
            if (apart) {
                Place fan = places.get(from.fans().get(i));
                boolean caught = fan != null && fan.step().type().spec().name().equals("try");
                return caught ? null : "is in another path of '" + from.fans().get(i) + "'";
            }
        }
        return null;
    }

    /** Names what would do. */
    private @Nullable String hint(Place from, @Nullable String nearest) {
        List<String> senders = places.values().stream()
                .filter(place -> unreachable(from, place) == null)
                .filter(place -> place.step().contract(around).outside()
                        && place.step().contract(around).yields() != Contract.Yields.MANY)
                .map(place -> "'" + place.step().id() + "'")
                .toList();
        if (nearest != null) {
            return nearest;
        }
        return senders.isEmpty()
                ? "put a shape that sends behind '" + from.step().id() + "', a connection say, and name it"
                : "shapes behind '" + from.step().id() + "' that send: " + String.join(", ", senders);
    }
}
