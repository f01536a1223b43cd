package io.patchbay.api;

import io.patchbay.flow.Flow;
import io.patchbay.flow.Picture;
import io.patchbay.payload.Body;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.route.Flows;
import io.patchbay.route.RevisionTexts;
import io.patchbay.shape.Step;
import io.patchbay.shape.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Flows in memory that remember what they were told. */
public final class FakeFlows implements Flows {

    /** A start or a replay that was asked for. */
    public record Asked(
            String what, String trigger, @Nullable Body body, Map<String, String> meta, boolean today) {}

    /** A schedule and one shape. */
    /** Stands in the settings of a shape, as a secret that an author wrote into the file. */
    public static final String WRITTEN_OUT = "written-out-tok3n";

    private static final Picture DRAWN = new Picture(
            List.of(new Picture.Start("trigger.1", "schedule", 3, "every: 10m")),
            List.of(new Picture.Shape(
                    "pull",
                    "connection",
                    "Pull orders",
                    "the token is " + WRITTEN_OUT,
                    null,
                    null,
                    List.of(),
                    5,
                    "instance: shop\nwith: { token: \"" + WRITTEN_OUT + "\" }",
                    new Step.Common(null, null, Step.OnError.STOP, 1, true, false))),
            List.of(new Picture.Link("trigger.1", "pull", null, Picture.Way.NEXT)));

    private final Map<String, View> views = new TreeMap<>();
    public final List<Asked> asked = new ArrayList<>();
    public final List<String> running = new ArrayList<>();
    public @Nullable RuntimeException refusal;
    /** Why single failed payloads cannot be replayed, by their ids. */
    public final Map<String, RuntimeException> refusals = new java.util.HashMap<>();

    public @Nullable String startedUnder;
    private final Map<String, AsKept> kept = new LinkedHashMap<>();
    public Stores stores = Stores.NONE;

    /** A flow with a variable `currency` and two shapes. */
    public FakeFlows with(String id, String... labels) {
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put("pull", "connection");
        shapes.put("only-paid", "filter");
        views.put(
                id,
                new View(
                        id,
                        "Name of " + id,
                        "routes/" + id + ".flow.yaml",
                        List.of(labels),
                        Flow.Status.ACTIVE,
                        true,
                        "0123456789ab",
                        Set.of("currency"),
                        shapes,
                        List.of("every 10m"),
                        1,
                        2,
                        List.of()));
        return this;
    }

    /** A flow whose file was never right. */
    public FakeFlows withBroken(String id) {
        views.put(
                id,
                new View(
                        id,
                        id,
                        "routes/" + id + ".flow.yaml",
                        List.of(),
                        Flow.Status.ACTIVE,
                        true,
                        null,
                        Set.of(),
                        Map.of(),
                        List.of(),
                        0,
                        0,
                        List.of(problem("routes/" + id + ".flow.yaml"))));
        return this;
    }

    public void without(String id) {
        views.remove(id);
    }

    static Problem problem(String file) {
        return new Problem(
                new Location(file, 14, 9),
                Problem.Severity.ERROR,
                "UNKNOWN_KEY",
                "filter has no key 'kepe'",
                "did you mean 'keep'?");
    }

    @Override
    public Map<String, Set<String>> callersOf(String instance) {
        return Map.of();
    }

    @Override
    public List<View> list() {
        return List.copyOf(views.values());
    }

    @Override
    public Optional<View> flow(String id) {
        return Optional.ofNullable(views.get(id));
    }

    @Override
    public Optional<Instant> next(String flow, Instant after) {
        return flow(flow)
                .filter(View::enabled)
                .filter(view -> !view.triggers().isEmpty())
                .map(view -> after.plusSeconds(600));
    }

    @Override
    public List<Problem> problems() {
        return views.values().stream().flatMap(view -> view.problems().stream()).toList();
    }

    @Override
    public Stores stores() {
        return stores;
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public Optional<String> explain(String id) {
        return Optional.ofNullable(views.get(id)).map(View::revision).map(revision -> "layout of " + id);
    }

    /** Keeps an older revision, or one that cannot run now. */
    public void keeps(String revision, AsKept as) {
        kept.put(revision, as);
    }

    public void keepsNone() {
        kept.clear();
        startedUnder = null;
    }

    @Override
    public List<RevisionTexts.Kept> revisions(String flow, int most) {
        List<RevisionTexts.Kept> all = new ArrayList<>();
        kept.keySet()
                .forEach(revision -> all.add(new RevisionTexts.Kept(
                        revision,
                        "routes/" + flow + ".flow.yaml",
                        Instant.EPOCH,
                        kept.size() - all.size(),
                        null,
                        null)));
        return all.stream().limit(most).toList();
    }

    @Override
    public Optional<AsKept> revision(String flow, String revision) {
        return Optional.ofNullable(kept.get(revision));
    }

    @Override
    public Optional<Validated<Picture>> picture(String id, @Nullable String revision) {
        if (revision != null && !kept.containsKey(revision)) {
            return Optional.empty();
        }
        AsKept as = revision == null ? null : kept.get(revision);
        return Optional.of(
                as == null || as.problems().isEmpty()
                        ? new Validated.Valid<>(DRAWN, List.of())
                        : new Validated.Invalid<>(as.problems()));
    }

    @Override
    public CompletableFuture<String> start(
            String flow, String trigger, Body body, Map<String, String> meta, @Nullable String revision) {
        startedUnder = revision;
        asked.add(new Asked(flow, trigger, body, meta, false));
        return refusal == null ? CompletableFuture.completedFuture("run-1") : CompletableFuture.failedFuture(refusal);
    }

    @Override
    public CompletableFuture<String> replay(String failedPayloadId, Replay how) {
        asked.add(new Asked(
                failedPayloadId,
                "replay",
                how.edited(),
                how.from() == null ? Map.of() : Map.of("from", how.from()),
                how.today()));
        RuntimeException why = refusals.getOrDefault(failedPayloadId, refusal);
        return why == null
                ? CompletableFuture.completedFuture("run-of-" + failedPayloadId)
                : CompletableFuture.failedFuture(why);
    }

    @Override
    public void enable(String flow, boolean enabled) {
        View old = views.get(flow);
        views.put(
                flow,
                new View(
                        old.id(),
                        old.name(),
                        old.file(),
                        old.labels(),
                        old.status(),
                        enabled,
                        old.revision(),
                        old.variables(),
                        old.shapes(),
                        old.triggers(),
                        old.running(),
                        old.queued(),
                        old.problems()));
    }

    @Override
    public CompletableFuture<Boolean> stop(String runId) {
        return CompletableFuture.completedFuture(running.remove(runId));
    }
}
