package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the flow files of one generation want (ids and paths), and who gets it: a version that goes on running because its file
 * is refused keeps what it has; a flow that runs keeps what its file still wants of it; the rest goes by the order of the
 * files. Not safe for use by several threads.
 */
final class Claims {

    private final List<Claim> claims;

    /** @param claims in the order of the files */
    Claims(List<Claim> claims) {
        this.claims = List.copyOf(claims);
    }

    /** A file that was read, and what runs from it. */
    static final class Claim {

        private final String file;
        private final @Nullable Flow flow;
        private final @Nullable Revision running;
        private final List<Problem> read;
        private final FlowReader.World world;
        private List<Problem> against = List.of();
        private boolean refused;

        /**
         * What is wanted for a file.
         *
         * @param flow what is to run; null when nothing of it can
         * @param read what is wrong with the file
         * @param world what names in the flow lead to
         * @param running what runs from the file
         */
        Claim(
                String file,
                @Nullable Flow flow,
                List<Problem> read,
                FlowReader.World world,
                @Nullable Revision running) {
            this.file = file;
            this.flow = flow;
            this.running = running;
            this.read = List.copyOf(read);
            this.world = world;
            this.refused = flow == null;
        }

        FlowReader.World world() {
            return world;
        }

        String file() {
            return file;
        }

        /** The flow in the file; there is one in whatever is granted. */
        Flow flow() {
            return Objects.requireNonNull(flow);
        }

        /** The version that goes on because the file is refused; null when nothing does. */
        @Nullable
        Revision goesOn() {
            return refused ? running : null;
        }

        /** Refuses the file for all of this generation. */
        void refuse(List<Problem> why) {
            refused = true;
            against = List.copyOf(why);
        }

        /** All that is wrong with the file. */
        List<Problem> problems() {
            return Stream.concat(read.stream(), against.stream()).toList();
        }
    }

    /** All files. */
    List<Claim> all() {
        return claims;
    }

    /**
     * The files that get all they want. A flow that starts what is not there gets nothing. One from which a version runs and that does not is refused: that version then keeps its
     * own, which may be what another file was about to get, so all is weighed again until nobody falls back any more.
     */
    List<Claim> granted() {
        while (true) {
            FlowSet set = kept();
            List<Claim> granted = new ArrayList<>();
            boolean fellBack = false;
            for (Claim claim : claims) {
                if (!claim.refused) {
                    List<Problem> against = set.add(claim.flow());
                    claim.against = against;
                    if (against.isEmpty()) {
                        granted.add(claim);
                    } else if (claim.running != null) {
                        claim.refuse(against);
                        fellBack = true;
                    }
                }
            }
            if (!fellBack && !refusedForCalls(set, granted)) {
                return granted;
            }
        }
    }

    /** Refuses flows that start what is not there. */
    private static boolean refusedForCalls(FlowSet set, List<Claim> granted) {
        boolean refused = false;
        for (Claim claim : granted) {
            List<Problem> against = set.calls(claim.flow());
            claim.against = against;
            if (against.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
                claim.refuse(against);
                refused = true;
            }
        }
        return refused;
    }

    private FlowSet kept() {
        FlowSet set = new FlowSet();
        for (Claim claim : claims) {
            Revision goesOn = claim.goesOn();
            if (goesOn != null) {
                set.keep(goesOn.compiled().flow());
            }
        }
        for (Claim claim : claims) {
            if (claim.running != null && !claim.refused) {
                set.keep(claim.running.compiled().flow(), claim.flow());
            }
        }
        return set;
    }
}
