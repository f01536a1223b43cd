package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.contract.Contracts;
import io.patchbay.connector.contract.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the contract of an instance stands. */
@Doc("Whether the system still answers as its connector was made for")
record ContractView(
        @Doc("The endpoint that is read") String endpoint,
        @Doc("How often, in seconds") long everySeconds,

        @Doc("When it was last read; null when it was not yet") @Nullable
        Instant lookedAt,

        @Doc("Why the last look told nothing; null when it did") @Nullable
        String problem,

        @Doc("What is otherwise than it was") List<FindingView> findings) {

    /** What is otherwise. */
    @Doc("Something that is otherwise than it was")
    record FindingView(
            @Doc("schemaDrift, statusChange or deprecationHeader")
            String kind,

            @Doc("What it is, without values of records") String sentence,
            @Doc("When it was first seen") Instant since) {

        private static FindingView of(Finding finding) {
            return new FindingView(finding.kind().word(), finding.sentence(), finding.since());
        }
    }

    static ContractView of(Contracts.State state) {
        return new ContractView(
                state.endpoint(),
                state.every().toSeconds(),
                state.lookedAt(),
                state.problem(),
                state.findings().stream().map(FindingView::of).toList());
    }
}
