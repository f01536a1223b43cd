package io.patchbay.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a flow means, in the plainest way: every shape gets the whole bucket, one after the other, in memory. It knows nothing of
 * Camel, streams, barriers or checkpoints; what the runtime does is held against it.
 */
final class FlowModel {

    /** What happened outside, in order. */
    final List<String> effects = new ArrayList<>();

    /** Whether the run was stopped by a failure. */
    boolean stopped;

    private int variable = -1;

    /** Ends what is around a failure: a run, or a path of a branch that goes on. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Where failures go: to a catch, or nowhere but to the end of a path. */
    private record Scope(List<Failed> caught, boolean path) {}

    /** What failed, and where in the flow's text the shape stands. */
    private record Failed(Doc payload, int shape) {}

    /** A payload: its records, and as which one it (or what it was made from) came to each route around it. */
    private record Doc(List<Integer> records, List<Integer> places) {
        Doc with(List<Integer> others) {
            return new Doc(others, places);
        }

        Doc entering(int place) {
            List<Integer> more = new ArrayList<>(places);
            more.add(place);
            return new Doc(records, more);
        }

        Doc leaving() {
            return new Doc(records, places.subList(0, places.size() - 1));
        }

        int place() {
            return places.get(places.size() - 1);
        }
    }

    /** Runs a flow from one payload without records. */
    static FlowModel of(List<FlowTree> shapes) {
        FlowModel model = new FlowModel();
        try {
            model.list(shapes, List.of(new Doc(List.of(), List.of())), null);
        } catch (Stop e) {
            model.stopped = true;
        }
        return model;
    }

    /** The effects of one shape. */
    List<String> effects(String shape) {
        return of(effects, shape);
    }

    static List<String> of(List<String> effects, String shape) {
        return effects.stream()
                .filter(effect -> effect.equals(shape) || effect.startsWith(shape + ":"))
                .toList();
    }

    private List<Doc> list(List<FlowTree> shapes, List<Doc> bucket, Scope scope) {
        List<Doc> current = bucket;
        for (FlowTree shape : shapes) {
            current = shape(shape, current, scope);
        }
        return current;
    }

    private List<Doc> shape(FlowTree shape, List<Doc> bucket, Scope scope) {
        if (shape instanceof FlowTree.Once) {
            effects.add(shape.id());
            return bucket;
        }
        if (shape instanceof FlowTree.Branch branch) {
            return branch(branch, bucket, scope);
        }
        if (shape instanceof FlowTree.Try both) {
            return guarded(both, bucket, scope);
        }
        if (shape instanceof FlowTree.Route route) {
            return route(route, bucket, scope);
        }
        List<Doc> out = new ArrayList<>();
        for (Doc payload : bucket) {
            out.addAll(payload(shape, payload, scope));
        }
        return out;
    }

    private List<Doc> payload(FlowTree shape, Doc payload, Scope scope) {
        List<Integer> records = payload.records();
        if (shape instanceof FlowTree.Send send) {
            return send(send, payload, scope);
        }
        if (shape instanceof FlowTree.Singles) {
            return cut(payload, 1);
        }
        if (shape instanceof FlowTree.Cut cut) {
            return cut(payload, cut.size());
        }
        if (shape instanceof FlowTree.Keep keep) {
            List<Integer> left = records.stream().filter(n -> n < keep.below()).toList();
            return left.isEmpty() ? List.of() : List.of(payload.with(left));
        }
        if (shape instanceof FlowTree.Mark) {
            variable = records.isEmpty() ? -1 : records.get(0);
            return List.of(payload);
        }
        if (shape instanceof FlowTree.Tell) {
            effects.add(shape.id() + ":" + variable);
            return List.of(payload);
        }
        FlowTree.Numbers numbers = (FlowTree.Numbers) shape;
        List<Doc> pages = new ArrayList<>();
        for (int page = 0; page < numbers.pages(); page++) {
            int first = page * numbers.size();
            pages.add(payload.with(
                    IntStream.range(first, first + numbers.size()).boxed().toList()));
        }
        return pages;
    }

    private List<Doc> send(FlowTree.Send send, Doc payload, Scope scope) {
        for (int n : payload.records()) {
            if (n == send.failsAt()) {
                if (scope != null && !scope.path()) {
                    scope.caught().add(new Failed(payload, number(send)));
                } else if (!send.skip()) {
                    throw new Stop();
                }
                return List.of();
            }
            effects.add(send.id() + ":" + n);
        }
        return List.of(payload);
    }

    private static List<Doc> cut(Doc payload, int size) {
        List<Integer> records = payload.records();
        List<Doc> batches = new ArrayList<>();
        for (int from = 0; from < records.size(); from += size) {
            batches.add(payload.with(records.subList(from, Math.min(records.size(), from + size))));
        }
        return batches;
    }

    private List<Doc> branch(FlowTree.Branch branch, List<Doc> bucket, Scope scope) {
        List<Doc> out = new ArrayList<>();
        for (List<FlowTree> path : branch.paths()) {
            if (!branch.goesOn()) {
                out.addAll(list(path, bucket, scope));
                continue;
            }
            try {
                out.addAll(list(path, bucket, new Scope(List.of(), true)));
            } catch (Stop e) {
                // the next path begins; what came through this one before is not known to the model
            }
        }
        return out;
    }

    /**
     * What failed goes to the catch when all was tried: payload by payload, and of one payload shape by shape; only shape by
     * shape when a shape of both has to wait for all payloads. What comes out of both is ordered as that of a route. */
    private List<Doc> guarded(FlowTree.Try both, List<Doc> bucket, Scope scope) {
        List<Doc> in = new ArrayList<>();
        bucket.forEach(payload -> in.add(payload.entering(in.size())));
        List<Failed> failed = new ArrayList<>();
        List<Doc> out = new ArrayList<>(list(both.tried(), in, new Scope(failed, false)));
        boolean waits = both.lists().stream().anyMatch(FlowModel::waits) || share(both.lists());
        List<Doc> caught = failed.stream()
                .sorted(Comparator.comparingInt(
                                (Failed one) -> waits ? 0 : one.payload().place())
                        .thenComparingInt(Failed::shape))
                .map(Failed::payload)
                .toList();
        if (!caught.isEmpty()) {
            out.addAll(list(both.caught(), caught, scope));
        }
        return union(both, out);
    }

    private static int number(FlowTree shape) {
        return Integer.parseInt(shape.id().substring(shape.id().indexOf('-') + 1));
    }

    /** Payload by payload, in the order in which they went in, unless one of the paths has to wait for all payloads. */
    private static List<Doc> union(FlowTree fan, List<Doc> out) {
        boolean waits = fan.lists().stream().anyMatch(FlowModel::waits) || share(fan.lists());
        return out.stream()
                .sorted(Comparator.comparingInt(payload -> waits ? 0 : payload.place()))
                .map(Doc::leaving)
                .toList();
    }

    /** Whether shapes in a list wait for all payloads. */
    private static boolean waits(List<FlowTree> shapes) {
        return shapes.stream()
                        .anyMatch(shape -> shape instanceof FlowTree.Once
                                || shape instanceof FlowTree.Branch
                                || shape.lists().stream().anyMatch(FlowModel::waits)
                                || share(shape.lists()))
                || share(shapes.stream().map(List::of).toList());
    }

    /** Whether one list sets the variable and another one sets or shows it. */
    private static boolean share(List<List<FlowTree>> lists) {
        for (int i = 0; i < lists.size(); i++) {
            for (int j = 0; j < lists.size(); j++) {
                boolean touched = holds(lists.get(j), FlowTree.Mark.class) || holds(lists.get(j), FlowTree.Tell.class);
                if (i != j && holds(lists.get(i), FlowTree.Mark.class) && touched) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(List<FlowTree> shapes, Class<? extends FlowTree> kind) {
        return shapes.stream()
                .anyMatch(shape ->
                        kind.isInstance(shape) || shape.lists().stream().anyMatch(list -> holds(list, kind)));
    }

    /** One path after the other. */
    private List<Doc> route(FlowTree.Route route, List<Doc> bucket, Scope scope) {
        List<List<Doc>> taken = List.of(new ArrayList<>(), new ArrayList<>());
        for (int place = 0; place < bucket.size(); place++) {
            Doc payload = bucket.get(place).entering(place);
            List<Integer> low =
                    payload.records().stream().filter(n -> n < route.below()).toList();
            List<Integer> high =
                    payload.records().stream().filter(n -> n >= route.below()).toList();
            List<Integer> second = route.all() && !route.first() ? payload.records() : high;
            if (!low.isEmpty()) {
                taken.get(0).add(payload.with(low));
            }
            if (!second.isEmpty() || payload.records().isEmpty()) {
                taken.get(1).add(payload.with(second));
            }
        }
        List<Doc> out = new ArrayList<>();
        for (int path = 0; path < 2; path++) {
            out.addAll(list(route.paths().get(path), taken.get(path), scope));
        }
        return union(route, out);
    }
}
