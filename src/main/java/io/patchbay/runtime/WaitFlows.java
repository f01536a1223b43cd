package io.patchbay.runtime;

import io.patchbay.flow.Flow;
import io.patchbay.flow.WaitPlaces;
import io.patchbay.problem.Validated;
import io.patchbay.route.FlowDeployer;
import io.patchbay.run.WaitingPayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is decided about a payload can be done where it would go on: under the revision that it came with, or, where that cannot run
 * any more, under the flow as it is now. A shape of another kind that has the wait's id now would take a rejected payload for an approved one.
 */
final class WaitFlows {

    private static final Duration LATELY = Duration.ofSeconds(5);
    private static final int MOST = 100;

    private final Supplier<FlowDeployer> deployer;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    WaitFlows(Supplier<FlowDeployer> deployer, Clock clock) {
        this.deployer = deployer;
        this.clock = clock;
    }

    private record Answer(@Nullable String against, Instant until) {}

    /** Whether the flow is deployed. A start of one that is not waits until it is. */
    boolean there(WaitingPayload waited) {
        return deployer.get().deployed(waited.at().flow()).isPresent();
    }

    /**
     * What speaks against it, as a sentence that begins small; null when nothing does, or the flow is not there.
     *
     * @param today whether it is to go on under the flow as it is now
     */
    @Nullable
    String against(WaitingPayload waited, boolean today) {
        WaitingPayload.Left at = waited.at();
        FlowDeployer.Deployed now = deployer.get().deployed(at.flow()).orElse(null);
        if (now == null) {
            return null;
        }
        boolean own = !today && !now.compiled().revision().equals(at.revision());
        Flow kept = own
                ? deployer.get()
                        .kept(at.flow(), at.revision())
                        .flatMap(Validated::value)
                        .orElse(null)
                : null;
        Flow flow = kept == null ? now.compiled().flow() : kept;
        if (WaitPlaces.waits(flow, at.shape(), now.around())) {
            return null;
        }
        String none = "flow '" + at.flow() + "' has no wait '" + at.shape() + "' any more";
        return today
                ? none + "; without 'today' it goes on under the revision that it came with"
                : none + ", and revision " + at.revision()
                        + ", which the payload came with, cannot run any more; put the wait back, or reject the payload";
    }

    /** The same, as it was some seconds ago: many are let go on at once, and reading a revision's text takes a moment. */
    @Nullable
    String againstLately(WaitingPayload waited) {
        WaitingPayload.Left at = waited.at();
        String key = at.flow() + "@" + at.revision() + "/" + at.shape();
        Instant now = clock.instant();
        Answer known = answers.get(key);
        if (known == null || !known.until().isAfter(now)) {
            if (answers.size() >= MOST) {
                answers.clear();
            }
            known = new Answer(against(waited, false), now.plus(LATELY));
            answers.put(key, known);
        }
        return known.against();
    }
}
