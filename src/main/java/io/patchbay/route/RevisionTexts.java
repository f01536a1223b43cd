package io.patchbay.route;

import java.time.Instant;
import java.util.Optional;

/** Texts of flows by revision, kept for starts that must run under the revision that they began with. */
public interface RevisionTexts {

    /** Keeps a text; keeping it again changes nothing. */
    void keep(String flow, String revision, String file, String text);

    /** A kept text. */
    Optional<Text> text(String flow, String revision);

    /** When a text of the flow was kept first; empty for a flow that was never deployed. */
    Optional<Instant> since(String flow);

    /** A flow file as it was. */
    record Text(String file, String text) {}
}
