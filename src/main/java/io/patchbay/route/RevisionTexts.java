package io.patchbay.route;

import io.patchbay.script.ScriptLibrary;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts of flows by revision, kept for starts that must run under the revision that they began with, and as versions to go back to. */
public interface RevisionTexts {

    /** Keeps the texts of a flow, under the next number; keeping them again changes nothing. */
    void keep(String flow, String revision, Text text);

    /** A kept text. */
    Optional<Text> text(String flow, String revision);

    /** The kept revisions of a flow, those with the highest numbers first, so many at most. */
    default List<Kept> kept(String flow, int most) {
        return kept(flow, Integer.MAX_VALUE, most);
    }

    /** Of the kept revisions of a flow those with numbers below another, the highest first, so many at most. */
    List<Kept> kept(String flow, int below, int most);

    /** One kept revision. */
    Optional<Kept> one(String flow, String revision);

    /** The numbers of revisions, of those that are kept: asked once for all of them. */
    Map<Name, Integer> numbers(Collection<Name> revisions);

    /** The kept revision of a number. */
    Optional<Kept> numbered(String flow, int number);

    /**
     * Says who deployed a revision, unless somebody did before, and what it is about.
     *
     * @param note null leaves what is said
     */
    void describe(String flow, String revision, @Nullable String by, @Nullable String note);

    /** What was given to {@link #active(Collection)} last, in an earlier life of the program. */
    List<Active> active();

    /** Keeps which revisions are active now, in place of those before. */
    void active(Collection<Active> now);

    /**
     * A kept revision.
     *
     * @param number in the order in which the revisions of the flow were kept first, from 1
     * @param firstAt when it was deployed first
     * @param by who deployed it; null when it was taken from its file
     * @param note what it is about
     */
    record Kept(
            String revision,
            String file,
            Instant firstAt,
            int number,
            @Nullable String by,
            @Nullable String note) {

        /** Ends what a version is known by that was made for single runs. */
        static final String ONCE = "#once";

        /** Whether it was made for single runs, and never ran for all. */
        public boolean once() {
            return file.endsWith(ONCE);
        }
    }

    /** What a revision is told by. */
    record Name(String flow, String revision) {}

    /** An active revision and the file that it was read from. */
    record Active(String flow, String revision, String file) {}

    /**
     * A flow file as it was.
     *
     * @param file what messages call it
     * @param text its content
     * @param scripts the scripts that it used, as they were
     * @param parts what else it hung on; null when that is not known
     * @param origin the text of the flow that it was made of, where it is one of an environment
     */
    record Text(
            String file,
            String text,
            List<ScriptLibrary.Source> scripts,
            @Nullable Parts parts,
            @Nullable String origin) {
        public Text {
            scripts = List.copyOf(scripts);
        }

        /** One that was made of no other. */
        public Text(String file, String text, List<ScriptLibrary.Source> scripts, @Nullable Parts parts) {
            this(file, text, scripts, parts, null);
        }

        /** The same, made of the text of another flow. */
        Text madeOf(@Nullable String other) {
            return new Text(file, text, scripts, parts, other);
        }

        /** Whether it has the same content, wherever it stands. */
        boolean same(Text other) {
            return text.equals(other.text) && scripts.equals(other.scripts);
        }
    }
}
