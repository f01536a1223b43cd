package io.patchbay.format;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a zip file that a pattern means. One without a slash is about their names in whatever folder, one with slashes about each part of
 * their way.
 */
public final class ChosenMembers {

    private static final int MOST_SHOWN = 10;

    private final String text;
    private final List<Glob> parts;
    private final List<String> others = new ArrayList<>();
    private int members;
    private boolean any;

    /** Those that a pattern means, which was checked. */
    ChosenMembers(String text) {
        this.text = text;
        this.parts = Arrays.stream(text.split("/", -1)).map(Glob::new).toList();
    }

    /**
     * Looks at the setting {@code members}.
     *
     * @param text the pattern; null where it is not given
     * @param zip whether a zip file is unpacked
     * @throws IllegalArgumentException if there are no members, or it can mean none
     */
    public static void check(@Nullable String text, boolean zip) {
        if (text == null) {
            return;
        }
        if (!zip) {
            throw new IllegalArgumentException("'members' belongs to 'unpack: zip'");
        }
        if (text.isBlank()
                || ZipMembers.wrong(text) != null
                || Arrays.asList(text.split("/", -1)).contains("")) {
            throw new IllegalArgumentException(
                    "'members' must be a pattern of names in the zip file, like *.csv or out/orders-*.csv; found '"
                            + text + "'");
        }
    }

    /** Whether this is one of them. */
    boolean means(String name) {
        members++;
        String[] way = name.split("/", -1);
        boolean found =
                parts.size() == 1 ? parts.get(0).means(way[way.length - 1]) : way.length == parts.size() && all(way);
        any |= found;
        if (!found && others.size() < MOST_SHOWN) {
            others.add("'" + NotRead.shown(name) + "'");
        }
        return found;
    }

    private boolean all(String[] way) {
        for (int i = 0; i < way.length; i++) {
            if (!parts.get(i).means(way[i])) {
                return false;
            }
        }
        return true;
    }

    /** Asked behind the last member. @throws StepException if there was none of them */
    void refuseNone() throws StepException {
        if (!any) {
            String there = others.isEmpty() ? "no member at all" : String.join(", ", others);
            throw new StepException(
                    Owner.REMOTE,
                    "NO_MEMBER",
                    "the zip file has no member that 'members: " + text + "' means; it has " + there
                            + (members > others.size() ? " and " + (members - others.size()) + " more" : ""));
        }
    }
}
