package io.patchbay.route;

import io.patchbay.script.ScriptLibrary;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Texts of flows by revision, kept for starts that must run under the revision that they began with. */
public interface RevisionTexts {

    /** Keeps the texts of a flow; keeping them again changes nothing. */
    void keep(String flow, String revision, Text text);

    /** A kept text. */
    Optional<Text> text(String flow, String revision);

    /** The kept revisions of a flow, newest first, so many at most. */
    List<Kept> kept(String flow, int most);

    /** What was given to {@link #active(Collection)} last, in an earlier life of the program. */
    List<Active> active();

    /** Keeps which revisions are active now, in place of those before. */
    void active(Collection<Active> now);

    /**
     * A kept revision.
     *
     * @param firstAt when it was deployed first
     */
    record Kept(String revision, String file, Instant firstAt) {}

    /** An active revision and the file that it was read from. */
    record Active(String flow, String revision, String file) {}

    /**
     * A flow file as it was.
     *
     * @param file what messages call it
     * @param text its content
     * @param scripts the scripts that it used, as they were
     */
    record Text(String file, String text, List<ScriptLibrary.Source> scripts) {
        public Text {
            scripts = List.copyOf(scripts);
        }
    }
}
