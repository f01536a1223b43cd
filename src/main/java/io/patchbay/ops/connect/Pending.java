package io.patchbay.ops.connect;

import io.patchbay.connector.camel.InstanceConnect.Begun;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** Connections that were begun in one browser session. Each is taken once; the oldest go when there are many. */
final class Pending {

    private static final String NAME = Pending.class.getName();
    private static final int MOST = 20;

    private final Deque<Begun> begun = new ArrayDeque<>();

    static Pending of(HttpSession session) {
        synchronized (WebUtils.getSessionMutex(session)) {
            if (session.getAttribute(NAME) instanceof Pending there) {
                return there;
            }
            Pending fresh = new Pending();
            session.setAttribute(NAME, fresh);
            return fresh;
        }
    }

    synchronized void add(Begun one) {
        begun.addLast(one);
        if (begun.size() > MOST) {
            begun.removeFirst();
        }
    }

    /** What was begun with a state; null when there is no such thing, or no longer. */
    synchronized @Nullable Begun take(String state) {
        for (Iterator<Begun> all = begun.iterator(); all.hasNext(); ) {
            Begun one = all.next();
            if (one.is(state)) {
                all.remove();
                return one;
            }
        }
        return null;
    }
}
