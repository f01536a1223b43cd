package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.problem.Problem;
import io.patchbay.route.version.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The versions of flows, as API and command line see them: which there are, which runs, and how that is changed. */
public interface Versions {

    /** What stands for a flow's file where a version can be named. */
    String FILE = "file";

    /** What stands for the version that runs. */
    String RUNNING = "running";

    /** What runs of a flow and what its file says; empty when there is neither. */
    Optional<State> state(String flow);

    /** The same of many flows, by flow; those of which there is neither are left out. */
    Map<String, State> states(Collection<String> flows);

    /** The same for all flows, by id. */
    List<State> all();

    /** The versions of a flow that are kept, those with the highest numbers first, so many at most. */
    default List<Version> list(String flow, int most) {
        return list(flow, Integer.MAX_VALUE, most);
    }

    /** Of the versions of a flow that are kept those with numbers below another, the highest first, so many at most. */
    List<Version> list(String flow, int below, int most);

    /** The number of a revision; null when it is not kept. */
    @Nullable
    Integer number(String flow, String revision);

    /**
     * Has what a flow's file says run.
     *
     * @param by who wants it
     * @param note what it is about
     * @throws Refused when it cannot; then all is as it was
     */
    Done deploy(String flow, @Nullable String by, @Nullable String note);

    /**
     * Has a kept version run until somebody deploys the flow again.
     *
     * @param to number or revision; null for the newest one before what runs that says something else
     * @throws Refused when it cannot; then all is as it was
     */
    Done rollback(String flow, @Nullable String to, @Nullable String by, @Nullable String note);

    /**
     * Keeps what runs of a flow with another text, for single runs that are started under it. Nothing else is changed: it is not what runs,
     * and no rollback goes to it by itself.
     *
     * @param change gives the other text; the same where nothing is otherwise
     * @param by who wants it
     * @param note what it is about
     * @return the revision to start a run under
     * @throws Refused when nothing runs, or that could not run
     */
    String once(String flow, UnaryOperator<String> change, @Nullable String by, String note);

    /**
     * What a version holds: the flow's file and its scripts.
     *
     * @param name number or revision, {@link #FILE} or {@link #RUNNING}
     * @throws Refused when there is no such version
     */
    RevisionTexts.Text text(String flow, String name);

    /**
     * How two versions differ.
     *
     * @param from number or revision, {@link #FILE} or {@link #RUNNING}
     * @throws Refused when there is no such version
     */
    Diff diff(String flow, String from, String to);

    /**
     * A version that is kept.
     *
     * @param lastRunAt when a run under it came into being last, of those that are still known
     */
    record Version(RevisionTexts.Kept kept, @Nullable Instant lastRunAt) {}

    /** How a flow's file stands to what runs. */
    enum FileState {
        /** It is what runs. */
        RUNS,
        /** It says something else, which is right and waits to be deployed. */
        DRAFT,
        /** It is not right. */
        ERRORS
    }

    /**
     * What runs of a flow and what its file says.
     *
     * @param file where it is written
     * @param fileState how that stands to what runs
     * @param fileRevision what it would run under; null when it is not right
     * @param running what runs; null when nothing does
     * @param runningNumber its number
     * @param held what is held in place of the file; null when the file counts
     * @param heldNumber its number: what runs has another one when what the version names has changed since
     * @param deploy who decides when the file runs
     * @param problems what is wrong with the file
     */
    record State(
            String flow,
            String file,
            FileState fileState,
            @Nullable String fileRevision,
            @Nullable String running,
            @Nullable Integer runningNumber,
            @Nullable Held held,
            @Nullable Integer heldNumber,
            Flow.Deploy deploy,
            List<Problem> problems) {
        public State {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What was done.
     *
     * @param before the number of what ran before; null when nothing did
     * @param today what is that of today, though the version had another: tables, and what shapes resolve to
     */
    record Done(State state, @Nullable Integer before, List<Change> today) {
        public Done {
            today = List.copyOf(today);
        }
    }

    /**
     * How two versions differ.
     *
     * @param from what the older one is called
     * @param to what the newer one is called
     * @param changes by what they mean
     * @param text by their texts, as a unified diff; empty when they are the same
     * @param complete whether both are flows, so that all changes could be told
     */
    record Diff(String from, String to, List<Change> changes, String text, boolean complete) {
        public Diff {
            changes = List.copyOf(changes);
        }
    }

    /** Something cannot be done as it is asked for; the message is a sentence for who asked. */
    final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean unknown;

        /** @param unknown whether there is no such flow or version, or else things do not stand so that it can be done */
        public Refused(boolean unknown, String message) {
            super(message, null, false, false);
            this.unknown = unknown;
        }

        /** Whether there is no such flow or version. */
        public boolean unknown() {
            return unknown;
        }
    }
}
