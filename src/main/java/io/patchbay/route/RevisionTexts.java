package io.patchbay.route;

import java.util.Optional;

/** Texts of flows by revision, kept for starts that must run under the revision that they began with. */
public interface RevisionTexts {

    /** Keeps a text; keeping it again changes nothing. */
    void keep(String flow, String revision, String file, String text);

    /** A kept text. */
    Optional<Text> text(String flow, String revision);

    /** A flow file as it was. */
    record Text(String file, String text) {}
}
