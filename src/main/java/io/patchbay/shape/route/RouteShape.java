package io.patchbay.shape.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PathNames;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends records down the paths whose condition they meet. */
public final class RouteShape implements ShapeType<RouteShape.RouteSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "route",
            "Sends each record down every path whose condition it meets, or down the first.",
            """
            A page of records is divided: each path gets a payload with its records. With `match: all` a record goes down every path
            whose `when` it meets, with `match: first` down the first one. A path with `otherwise: true` takes records that met no
            other path; a path with neither takes all. A payload without records (an empty one, a file that is not JSON) goes down
            the paths that take all. What comes out of the paths goes on together: payload by payload, in path order.

            Paths are gone down one after the other, or, with `parallel: true`, beside each other: a slow one then holds no other one up, and
            what comes behind the route waits for all of them. The order behind it stays the same. A payload that fails in one path leaves
            the others alone, unless `onError: stop` ends the run. Paths that share variables, caches or the like, or in which a shape works on
            all payloads at once, are gone down one after the other in any case.
            """,
            "Nothing. A record that meets no path ends here, as with a filter.",
            """
            flow: by-country
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, country: GB }, { id: 2, country: FR } ] }
              - id: where-to
                route:
                  match: first
                  paths:
                    - name: home
                      when: { field: country, is: GB }
                      shapes: [ { id: at-home, notify: { per: record, log: info, text: "home ${record.id}" } } ]
                    - name: abroad
                      otherwise: true
                      shapes: [ { id: far-away, notify: { per: record, log: info, text: "abroad ${record.id}" } } ]
            """);

    /** Settings of a route. */
    @Doc("Paths with conditions")
    public record RouteSettings(
            @Doc("Whether a record goes down every path whose condition it meets, or down the first") @Default("all")
            Match match,

            @Doc("Whether paths go on beside each other, so that a slow one holds no other one up") @Default("false")
            boolean parallel,

            @Doc("The paths, in order") List<RoutePath> paths) {}

    /** How many paths a record goes down. */
    public enum Match {
        /** Every one whose condition it meets. */
        ALL,
        /** The first one. */
        FIRST
    }

    /** One path. */
    @Doc("A path of a route")
    public record RoutePath(
            @Doc("Unique in the route, kebab-case") String name,

            @Doc("Which records it takes; all when there is no condition") @Nullable
            Condition when,

            @Doc("Takes the records that no other path takes") @Default("false")
            boolean otherwise,

            @Doc("What is on the path; without it, what the path takes goes on as it is") @Default("[]")
            List<Step> shapes) {

        /** @throws IllegalArgumentException if it has a condition and is for the others as well */
        public RoutePath {
            if (when != null && otherwise) {
                throw new IllegalArgumentException("path '" + name + "' has 'when' and 'otherwise'; leave one out");
            }
        }

        boolean takesAll() {
            return when == null && !otherwise;
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<RouteSettings> settings() {
        return RouteSettings.class;
    }

    @Override
    public Contract contract(RouteSettings settings, Surroundings around) {
        return Contract.many().reading(References.state(reads(settings)));
    }

    @Override
    public void check(RouteSettings settings, Placed at, Surroundings around, Problems problems) {
        PathNames.check(settings.paths().stream().map(RoutePath::name).toList(), at, problems);
        boolean allTaken = false;
        int others = -1;
        for (int i = 0; i < settings.paths().size(); i++) {
            RoutePath path = settings.paths().get(i);
            if (path.otherwise() && others >= 0) {
                problems.error(
                        at.item("paths", i),
                        "TWO_OTHERWISE",
                        "'" + at.id() + "' has two paths with 'otherwise'",
                        "the first is '" + settings.paths().get(others).name() + "'; put the shapes of both there");
            }
            others = path.otherwise() && others < 0 ? i : others;
            if (allTaken && settings.match() == Match.FIRST) {
                problems.error(
                        at.item("paths", i),
                        "UNREACHABLE_SHAPE",
                        "path '" + path.name() + "' can never be reached: a path before it takes all",
                        "give the path before it a condition, or use 'match: all'");
            }
            allTaken |= path.takesAll();
        }
        if (others >= 0 && allTaken && settings.match() == Match.ALL) {
            problems.error(
                    at.item("paths", others),
                    "UNREACHABLE_SHAPE",
                    "path '" + settings.paths().get(others).name()
                            + "' can never be reached: another path takes all records",
                    "give the other path a condition, or this one no 'otherwise'");
        }
    }

    @Override
    public List<Plan.Path> paths(RouteSettings settings) {
        return settings.paths().stream()
                .map(path -> new Plan.Path(path.name(), path.shapes()))
                .toList();
    }

    @Override
    public Set<Ref> reads(RouteSettings settings) {
        Set<Ref> reads = new HashSet<>();
        for (RoutePath path : settings.paths()) {
            if (path.when() != null) {
                reads.addAll(path.when().reads());
            }
        }
        return reads;
    }

    @Override
    public boolean passesOn(RouteSettings settings, Plan.Path path) {
        return true;
    }

    @Override
    public Plan plan(RouteSettings settings, Placed at, Surroundings around) {
        return new Plan.Select(
                paths(settings), settings.parallel(), (payload, attempt) -> select(settings, payload, attempt));
    }

    private static List<@Nullable Payload> select(RouteSettings settings, Payload payload, Attempt attempt)
            throws StepException {
        boolean conditional = settings.paths().stream().anyMatch(path -> path.when() != null || path.otherwise());
        Payload parsed = conditional && payload.body().contentType().contains("json") ? payload.parsed() : payload;
        boolean records = conditional && parsed.body() instanceof io.patchbay.payload.Body.Tree;
        return records ? byRecord(settings, parsed, attempt) : whole(settings, payload);
    }

    /** A payload without records goes down the paths that take all, or else the one for the others. */
    private static List<@Nullable Payload> whole(RouteSettings settings, Payload payload) {
        List<@Nullable Payload> selected = new ArrayList<>();
        boolean taken = false;
        boolean anyAll = settings.paths().stream().anyMatch(RoutePath::takesAll);
        for (RoutePath path : settings.paths()) {
            boolean takes = path.takesAll() || (path.otherwise() && !anyAll);
            boolean goes = takes && !(taken && settings.match() == Match.FIRST);
            taken |= goes;
            selected.add(goes ? payload : null);
        }
        return selected;
    }

    private static List<@Nullable Payload> byRecord(RouteSettings settings, Payload payload, Attempt attempt)
            throws StepException {
        List<Taken> byPath = new ArrayList<>();
        settings.paths().forEach(path -> byPath.add(new Taken(new ArrayList<>(), Numbering.of(payload))));
        List<JsonNode> records = payload.records();
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = records.get(i);
            try {
                for (int taker : takers(settings, payload, record, attempt)) {
                    byPath.get(taker).records().add(record);
                    byPath.get(taker).numbers().took(i);
                }
            } catch (ExpressionException e) {
                attempt.failRecord(
                        payload,
                        i,
                        record,
                        new StepException(Owner.AUTHOR, "BAD_CONDITION", String.valueOf(e.getMessage())));
            }
        }
        List<@Nullable Payload> selected = new ArrayList<>();
        for (Taken path : byPath) {
            List<JsonNode> some = path.records();
            selected.add(
                    some.isEmpty()
                            ? null
                            : some.size() == records.size()
                                    ? payload
                                    : path.numbers().in(payload.withRecords(some)));
        }
        return selected;
    }

    /** Records that take a path. */
    private record Taken(List<JsonNode> records, Numbering numbers) {}

    /** The paths that a record takes. */
    private static List<Integer> takers(RouteSettings settings, Payload payload, JsonNode record, Attempt attempt) {
        boolean met = false;
        int others = -1;
        List<Integer> takers = new ArrayList<>();
        var scope = attempt.scope(payload, record);
        for (int i = 0; i < settings.paths().size(); i++) {
            RoutePath path = settings.paths().get(i);
            if (path.otherwise()) {
                others = i;
            } else if (!(met && settings.match() == Match.FIRST)
                    && (path.when() == null || path.when().test(record, scope))) {
                takers.add(i);
                met = true;
            }
        }
        if (!met && others >= 0) {
            takers.add(others);
        }
        return takers;
    }
}
