package io.patchbay.shape.branch;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PathNames;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends all payloads down every path, one path after the other. */
public final class BranchShape implements ShapeType<BranchShape.BranchSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "branch", "Sends all payloads down every path, one path after the other.", """
            The first path sees all payloads and ends before the second one begins. With `onFailure: stop` a failure ends the run;
            with `continue` it ends its path and the next one begins. What comes out of all paths goes on together, path by path.
            """, "Nothing.", """
            flow: twice-told
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1 }, { id: 2 } ] }
              - id: both
                branch:
                  onFailure: continue
                  paths:
                    - name: warehouse
                      shapes: [ { id: for-warehouse, notify: { per: record, log: info, text: "pick ${record.id}" } } ]
                    - name: finance
                      shapes: [ { id: for-finance, notify: { per: record, log: info, text: "book ${record.id}" } } ]
            """);

    /** Settings of a branch. */
    @Doc("Paths that all payloads go down, one after the other")
    public record BranchSettings(
            @Doc("Whether a failure in a path ends the run or only its path") @Default("stop")
            OnFailure onFailure,

            @Doc("The paths, in order") List<BranchPath> paths) {}

    /** What a failure in a path does. */
    public enum OnFailure {
        /** Ends the run. */
        STOP,
        /** Ends the path; the next one begins. */
        CONTINUE
    }

    /** One path. */
    @Doc("A path of a branch")
    public record BranchPath(
            @Doc("Unique in the branch, kebab-case") String name,
            @Doc("What is on the path") List<Step> shapes) {}

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<BranchSettings> settings() {
        return BranchSettings.class;
    }

    @Override
    public Contract contract(BranchSettings settings, Surroundings around) {
        return Contract.many();
    }

    @Override
    public void check(BranchSettings settings, Placed at, Surroundings around, Problems problems) {
        PathNames.check(settings.paths().stream().map(BranchPath::name).toList(), at, problems);
    }

    @Override
    public List<Plan.Path> paths(BranchSettings settings) {
        return settings.paths().stream()
                .map(path -> new Plan.Path(path.name(), path.shapes()))
                .toList();
    }

    @Override
    public @Nullable String oneByOne(BranchSettings settings, Surroundings around) {
        return "each path of a branch gets all of them at once";
    }

    @Override
    public boolean passesOn(BranchSettings settings, Plan.Path path) {
        return true;
    }

    @Override
    public Plan plan(BranchSettings settings, Placed at, Surroundings around) {
        return new Plan.Sequence(paths(settings), settings.onFailure() == OnFailure.STOP);
    }
}
