package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.Versions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What was deployed, or gone back to. */
@Doc("What was deployed, or gone back to")
record VersionDoneView(
        @Doc("How things stand now") VersionStateView version,

        @Doc("Number of the version that ran before; null when none did") @Nullable
        Integer before,

        @Doc(
                "What the version had otherwise and is that of today: lookup tables, and what shapes resolve to (definitions of endpoints, schemas, caches)")
        List<VersionChangeView> today) {

    static VersionDoneView of(Versions.Done done, UnaryOperator<String> redact) {
        return new VersionDoneView(
                VersionStateView.of(done.state()),
                done.before(),
                done.today().stream()
                        .map(change -> VersionChangeView.of(change, redact))
                        .toList());
    }
}
