package io.patchbay.runtime;

import io.patchbay.connector.Pausing;
import io.patchbay.route.Pauses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is paused, by operators and because systems are down. */
final class LivePauses implements Pauses, Pausing {

    private static final System.Logger LOG = System.getLogger(LivePauses.class.getName());
    private static final String ALL = "";

    private final KeptPauses kept;
    private final DownInstances down;
    private final Runnable changed;

    /** @param changed is told when something is paused or goes on, before the one who wanted it so is answered */
    LivePauses(KeptPauses kept, DownInstances down, Runnable changed) {
        this.kept = kept;
        this.down = down;
        this.changed = changed;
    }

    @Override
    public List<Paused> all() {
        List<Paused> all = new ArrayList<>(kept.all());
        down.all().stream()
                .filter(one -> kept.of(Kind.INSTANCE, one.name()) == null)
                .forEach(all::add);
        all.sort(Comparator.comparing(Paused::kind).thenComparing(Paused::name));
        return List.copyOf(all);
    }

    @Override
    public void pause(Kind kind, String name, @Nullable String reason) {
        kept.set(kind, name, true, reason);
        LOG.log(System.Logger.Level.INFO, "{0} is paused by an operator", said(kind, name));
        changed.run();
    }

    @Override
    public boolean resume(Kind kind, String name) {
        boolean was = kept.of(kind, name) != null;
        if (was) {
            kept.set(kind, name, false, null);
            LOG.log(System.Logger.Level.INFO, "{0} is not paused by an operator any more", said(kind, name));
        }
        was |= kind == Kind.INSTANCE && down.end(name);
        changed.run();
        return was;
    }

    private static String said(Kind kind, String name) {
        return kind == Kind.INTAKE ? "the intake" : (kind == Kind.FLOW ? "flow " : "instance ") + name;
    }

    /** Looks whether another replica changed something. */
    void look() {
        if (kept.look()) {
            changed.run();
        }
    }

    boolean flow(String id) {
        return kept.of(Kind.FLOW, id) != null;
    }

    /** Why the intake is paused; null when it is not. */
    @Nullable
    String intake() {
        Paused pause = kept.of(Kind.INTAKE, ALL);
        return pause == null ? null : "the intake is paused" + because(pause);
    }

    boolean anyInstance(Set<String> names) {
        return names.stream().anyMatch(name -> why(name) != null);
    }

    @Override
    public @Nullable String why(String instance) {
        Paused pause = kept.of(Kind.INSTANCE, instance);
        pause = pause == null ? down.of(instance) : pause;
        if (pause == null) {
            return null;
        }
        return "instance '" + instance + "' is paused"
                + (pause.by() == By.OPERATOR ? because(pause) : ": its calls get no answer");
    }

    private static String because(Paused pause) {
        return " by an operator" + (pause.reason() == null ? "" : ": " + pause.reason());
    }

    @Override
    public void unreachable(String instance, int inARow, String sentence) {
        down.unreachable(instance, inARow, sentence);
    }

    @Override
    public void answered(String instance) {
        down.answered(instance);
    }
}
