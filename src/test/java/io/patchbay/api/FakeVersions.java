package io.patchbay.api;

import io.patchbay.flow.Flow;
import io.patchbay.payload.Json;
import io.patchbay.route.Held;
import io.patchbay.route.RevisionTexts;
import io.patchbay.route.Versions;
import io.patchbay.route.version.Change;
import io.patchbay.script.ScriptLibrary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Versions of the fake flows: what runs is version 2, and what is kept are the revisions that they keep. */
public final class FakeVersions implements Versions {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final FakeFlows flows;
    public final List<String> asked = new ArrayList<>();
    public @Nullable Held held;

    FakeVersions(FakeFlows flows) {
        this.flows = flows;
    }

    @Override
    public Optional<State> state(String flow) {
        return flows.flow(flow)
                .filter(view -> view.revision() != null)
                .map(view -> new State(
                        flow,
                        view.file(),
                        held == null ? FileState.RUNS : FileState.DRAFT,
                        view.revision(),
                        view.revision(),
                        2,
                        held,
                        held == null ? null : 1,
                        Flow.Deploy.AUTO,
                        List.of()));
    }

    @Override
    public String once(String flow, UnaryOperator<String> change, @Nullable String by, String note) {
        throw new Refused(false, "No version of flow '" + flow + "' runs.");
    }

    @Override
    public Map<String, State> states(Collection<String> ids) {
        Map<String, State> states = new LinkedHashMap<>();
        ids.forEach(id -> state(id).ifPresent(state -> states.put(id, state)));
        return states;
    }

    @Override
    public List<State> all() {
        return flows.list().stream().flatMap(view -> state(view.id()).stream()).toList();
    }

    @Override
    public List<Version> list(String flow, int below, int most) {
        return flows.revisions(flow, Integer.MAX_VALUE).stream()
                .filter(kept -> kept.number() < below)
                .limit(most)
                .map(kept -> new Version(kept, NOON))
                .toList();
    }

    @Override
    public @Nullable Integer number(String flow, String revision) {
        return revision.equals("0123456789ab") ? 2 : null;
    }

    @Override
    public Done deploy(String flow, @Nullable String by, @Nullable String note) {
        asked.add("deploy " + flow + " by " + by + ": " + note);
        held = null;
        return new Done(there(flow), 1, List.of());
    }

    @Override
    public Done rollback(String flow, @Nullable String to, @Nullable String by, @Nullable String note) {
        there(flow);
        asked.add("rollback " + flow + " to " + to + " by " + by + ": " + note);
        if ("9".equals(to)) {
            throw new Refused(true, "There is no version '9' of flow '" + flow + "'. Newest first there are: 2, 1.");
        }
        if ("8".equals(to)) {
            throw new Refused(false, "Version 8 of flow '" + flow + "' cannot run with what there is now: line 3.");
        }
        held = new Held(flow, "aaaabbbbcccc", Held.Why.ROLLBACK, NOON, by, note);
        return new Done(
                there(flow),
                2,
                List.of(new Change(Change.Kind.CHANGED, Change.What.TABLE, null, "carriers", null, null)));
    }

    private State there(String flow) {
        return state(flow).orElseThrow(() -> new Refused(true, "There is no flow '" + flow + "'."));
    }

    @Override
    public RevisionTexts.Text text(String flow, String name) {
        there(flow);
        return new RevisionTexts.Text(
                "f.flow.yaml",
                "flow: " + flow + " # " + name,
                List.of(new ScriptLibrary.Source("a.js", "routes/scripts/a.js", "1")),
                null);
    }

    @Override
    public Diff diff(String flow, String from, String to) {
        there(flow);
        if (from.equals(to)) {
            return new Diff(from, to, List.of(), "", true);
        }
        return new Diff(
                from,
                to,
                List.of(
                        new Change(
                                Change.Kind.CHANGED,
                                Change.What.SETTING,
                                "push",
                                "connection.endpoint",
                                Json.NODES.textNode("orders.create"),
                                Json.NODES.textNode("orders.upsert")),
                        new Change(
                                Change.Kind.ADDED,
                                Change.What.SHAPE,
                                "told",
                                "shapes",
                                null,
                                Json.NODES.objectNode().put("note", "x"))),
                "--- a/f\n+++ b/f\n",
                true);
    }
}
