package io.patchbay.moving;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects what is to be told of one file. */
final class Report {

    /** Nothing was made of it, or something that does not do the same. */
    static final String LOST = "NOT_TRANSLATED";
    /** It was made into something that a person has to look at. */
    static final String LOOK = "LOOK_AT";
    /** A secret stood in the file; a reference stands in its place. */
    static final String SECRET = "SECRET_LEFT_OUT";

    private static final int MOST = 5_000;

    private final String file;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final Set<String> secrets = new TreeSet<>();
    private @Nullable String made;
    private int more;
    private boolean moreLost;

    Report(String file) {
        this.file = file;
    }

    /** What is told from here on is about a shape that is being made; null where it is about none. */
    void at(@Nullable String place) {
        made = place;
        comments.clear();
    }

    /** What was told since {@link #at}, as comments of the made file. */
    List<String> comments() {
        return List.copyOf(comments);
    }

    void lost(Place place, String what, @Nullable String hint) {
        add(place, Problem.Severity.ERROR, LOST, what, hint);
    }

    void look(Place place, String what, @Nullable String hint) {
        add(place, Problem.Severity.WARNING, LOOK, what, hint);
    }

    /** A secret was found: its value is told nowhere, only where it stood and under which name it is wanted now. */
    void secret(Place place, String what, String name) {
        secrets.add(name);
        add(
                place,
                Problem.Severity.WARNING,
                SECRET,
                what + " is not taken over; ${secret." + name + "} stands in its place",
                "give the runtime the secret " + name + ", and change it where it was: it stood in a file");
    }

    private void add(Place place, Problem.Severity severity, String code, String what, @Nullable String hint) {
        String line = one(what);
        comments.add((severity == Problem.Severity.ERROR ? "NOT TRANSLATED" : "LOOK AT") + " (" + place.pointer()
                + ", line " + place.line() + "): " + line);
        if (findings.size() >= MOST) {
            more++;
            moreLost |= severity == Problem.Severity.ERROR;
            return;
        }
        findings.add(new Finding(
                new Problem(
                        new Location(file, place.line(), place.column()),
                        severity,
                        code,
                        line,
                        hint == null ? null : one(hint)),
                place.pointer(),
                made));
    }

    private static String one(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    Set<String> secrets() {
        return secrets;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (more > 0) {
            all.add(new Finding(
                    new Problem(
                            Location.of(file),
                            moreLost ? Problem.Severity.ERROR : Problem.Severity.WARNING,
                            LOST,
                            more + " more are not listed; they stand as comments in the made files",
                            null),
                    "",
                    null));
        }
        return all;
    }
}
