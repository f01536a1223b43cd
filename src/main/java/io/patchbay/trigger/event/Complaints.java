package io.patchbay.trigger.event;

import java.util.LinkedHashSet;
import java.util.Set;

/** Says in the log what is wrong, once for as long as it is. Used by one reader. */
final class Complaints {

    private static final System.Logger LOG = System.getLogger(Events.class.getName());

    private final String about;
    private final Set<String> said = new LinkedHashSet<>();

    /** @param about what every line begins with */
    Complaints(String about) {
        this.about = about;
    }

    /** Something is wrong, and may be for a while. */
    void say(String what) {
        if (said.add(what)) {
            log(what);
        }
    }

    /** Something is wrong once. */
    void log(String what) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1}", about, what);
    }

    /** It goes on. */
    void over() {
        if (!said.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "{0}: goes on", about);
            said.clear();
        }
    }
}
