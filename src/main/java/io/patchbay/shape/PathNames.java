package io.patchbay.shape;

import io.patchbay.problem.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the names of a fan-out's paths: they become parts of Camel node ids. */
public final class PathNames {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private PathNames() {}

    /** Adds a problem for each name that is not kebab-case or stands twice, and for a fan-out without paths. */
    public static void check(List<String> names, Placed at, Problems problems) {
        if (names.isEmpty()) {
            problems.error(at.at("paths"), "NO_PATHS", "'" + at.id() + "' has no paths", "add at least one");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!NAME.matcher(name).matches()) {
                problems.error(
                        at.item("paths", i, "name"),
                        "BAD_VALUE",
                        "path name '" + name + "' must be kebab-case, like known-customers",
                        "write it in small letters and digits, with - between words");
            }
            if (!seen.add(name)) {
                problems.error(
                        at.item("paths", i, "name"),
                        "DUPLICATE_ID",
                        "path name '" + name + "' stands twice in '" + at.id() + "'",
                        "the first is at line "
                                + at.item("paths", names.indexOf(name)).line());
            }
        }
    }
}
