package io.patchbay.trigger.file;

import java.util.LinkedHashSet;
import java.util.Set;

/** Says in the log what is wrong, once for as long as it is. */
final class Complaints {

    private static final System.Logger LOG = System.getLogger(FileArrivals.class.getName());

    private final String about;
    private Set<String> before = Set.of();
    private final Set<String> now = new LinkedHashSet<>();

    /** @param about what every line begins with */
    Complaints(String about) {
        this.about = about;
    }

    void say(String what) {
        if (now.add(what) && !before.contains(what)) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", about, what);
        }
    }

    /** A look is over: what was not said again is all right. */
    void lookedThrough() {
        before.stream()
                .filter(what -> !now.contains(what))
                .forEach(what -> LOG.log(System.Logger.Level.INFO, "{0}: no more: {1}", about, what));
        before = Set.copyOf(now);
        now.clear();
    }
}
