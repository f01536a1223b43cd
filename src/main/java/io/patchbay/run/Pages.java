package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.Pull.Aside;
import io.patchbay.payload.Pull.End;
import io.patchbay.payload.Pull.Failed;
import io.patchbay.payload.Pull.Page;
import io.patchbay.payload.Pull.Reached;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of a pull for Camel's streaming splitter. Pages that were open when the run crashed come first, from their
 * kept bodies. {@link #hasNext} never throws: the pull's final error is routed like any failure of the step. Each page is
 * kept before the first outside effect below it, and marked as delivered when all that came from it is terminal. Pages that
 * the shape makes again from what it was given are not kept: what was done below them is marked by lineage.
 */
final class Pages implements Iterator<Payload>, AutoCloseable {

    private final Run run;
    private final StepRules rules;
    private final Payload source;
    private final Pull pull;
    private final Passage passage;
    private final Deque<Payload> kept = new ArrayDeque<>();
    private final List<Open> open = new ArrayList<>();
    private @Nullable Payload next;
    private long pages;
    private boolean ended;
    private PullCursor.@Nullable Key list;
    private volatile boolean beside;

    /** Which page the first one on its way is. */
    private int first;

    /** A page on its way, where the pull goes on behind it, and how far it came then. */
    private static final class Open {
        private final Payload page;
        private final @Nullable JsonNode next;
        private final @Nullable Reached reached;
        private int ways = 1;

        Open(Payload page, @Nullable JsonNode next, @Nullable Reached reached) {
            this.page = page;
            this.next = next;
            this.reached = reached;
        }
    }

    Pages(Run run, StepRules rules, Payload source, Pull pull, Passage passage) {
        this.run = run;
        this.rules = rules;
        this.source = source;
        this.pull = pull;
        this.passage = passage;
        Checkpoints.PullProgress progress = run.progress()
                .pulls()
                .get(rules.shape() + "|" + source.lineage().text());
        if (progress != null) {
            kept.addAll(progress.open());
        }
        run.held().hold(this);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            advance();
        }
        return next != null;
    }

    @Override
    public Payload next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Payload page = java.util.Objects.requireNonNull(next);
        next = null;
        return page;
    }

    private void advance() {
        Payload before = kept.poll();
        if (before != null) {
            arrived(new Open(before, null, null), false);
            return;
        }
        if (!run.goesOn()) {
            close();
            return;
        }
        Pull.Element element = pulled();
        if (element instanceof Page page) {
            if (++pages > run.rules().limits().pages()) {
                run.stop(
                        RunStatus.STOPPED,
                        "shape '" + rules.shape() + "' pulled more than "
                                + run.rules().limits().pages() + " pages");
                close();
                return;
            }
            order(page.reached());
            arrived(new Open(page.payload(), page.next(), page.reached()), true);
        } else if (element instanceof Aside aside) {
            if (!passage.aside(aside)) {
                close();
            }
        } else if (element instanceof Failed failed) {
            close();
            passage.fail(failed.why(), 1);
        } else if (element instanceof End end) {
            close();
            end.lists().forEach(this::ended);
        }
    }

    private Pull.Element pulled() {
        LogNames names = LogNames.of(run.identity(), rules.shape());
        try {
            return pull.next();
        } finally {
            names.giveBack();
        }
    }

    private void ended(Reached reached) {
        if (!missed()) {
            PullCursor.Key key = key(reached);
            if (!run.reaching().ends(key, rules.shape() + "|" + source.lineage().text(), reached)) {
                run.log(
                        rules.shape(),
                        LogLevel.WARN,
                        "pulls of " + reached.endpoint()
                                + " ended with different tokens, so its cursor stays where it is");
            }
        }
    }

    /** Whether a page above was delivered before a crash: how far the pulls below it came is not known any more. */
    private boolean missed() {
        return run.progress().pulls().entrySet().stream()
                .filter(pull -> pull.getValue().delivered() > 0)
                .map(pull -> pull.getKey().split("\\|", 2))
                .anyMatch(of -> source.lineage().text().startsWith(of[1] + "/" + of[0] + "#"));
    }

    private void arrived(Open page, boolean fresh) {
        next = page.page;
        synchronized (open) {
            open.add(page);
        }
        passage.countOut(page.page);
        if (fresh && checkpointed()) {
            run.writes()
                    .await(run.services().checkpoints().page(run.identity().id(), rules.shape(), page.page, page.next));
        }
    }

    /** Remembers which list it is; one that goes astray has no place that is behind the run for good. */
    private void order(@Nullable Reached reached) {
        if (reached != null) {
            list = key(reached);
        } else if (list != null) {
            run.reaching().astray(list);
            list = null;
        }
    }

    private PullCursor.Key key(Reached reached) {
        return PullCursor.Key.of(run.identity().flow(), reached.instance(), reached.endpoint(), reached.inputs());
    }

    /** Only a pull that the run makes once, for what it began with, is the whole of what the run reads of a list. */
    private boolean whole() {
        return !run.rules().shared().contains(rules.shape())
                && source.lineage().equals(Lineage.ofRun(run.identity().id()));
    }

    private boolean checkpointed() {
        return !rules.repeatable() && run.identity().journaled() && run.rules().actsOutside();
    }

    /** The oldest page on its way waits in a bucket: it is not delivered before the run ends, and is not held here meanwhile. */
    void passed() {
        synchronized (open) {
            if (!open.isEmpty()) {
                open.remove(0);
                first++;
            }
        }
    }

    /** Some of its pages are on their way at one time. */
    void beside() {
        beside = true;
    }

    /** One more way on which something that came from a page goes on. */
    void keep(int number) {
        synchronized (open) {
            open(number).ways++;
        }
    }

    /**
     * A way came to its end. When none is left, all that came from the page is terminal, and so is the page once those before it
     * are: how far a pull came is known up to the first page that is still on its way.
     */
    void delivered(int number) {
        synchronized (open) {
            if (!run.goesOn()) {
                return;
            }
            open(number).ways--;
            while (!open.isEmpty() && open.get(0).ways == 0) {
                first++;
                delivered(open.remove(0));
            }
        }
    }

    private Open open(int number) {
        return open.get(number - first);
    }

    private void delivered(Open page) {
        if (page.reached != null && list != null && whole()) {
            run.reaching().delivered(list, page.reached);
        }
        boolean well = run.delivered(!beside);
        if (checkpointed()) {
            run.writes()
                    .mark(run.services()
                            .checkpoints()
                            .delivered(run.identity().id(), rules.shape(), page.page, page.next, well));
        }
    }

    /** The payload that the pull was opened for. */
    Payload source() {
        return source;
    }

    @Override
    public void close() {
        ended = true;
        pull.close();
        passage.pulled();
        run.held().release(this);
    }
}
