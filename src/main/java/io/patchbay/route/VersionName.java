package io.patchbay.route;

import java.util.Optional;
import java.util.regex.Pattern;

/** How people name a version: by its number, or by its revision, which is longer than any number. */
final class VersionName {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{12}");
    private static final int LONGEST_QUOTE = 40;

    private VersionName() {}

    static Optional<RevisionTexts.Kept> find(RevisionTexts texts, String flow, String name) {
        if (NUMBER.matcher(name).matches()) {
            return texts.numbered(flow, Integer.parseInt(name));
        }
        return REVISION.matcher(name).matches() ? texts.one(flow, name) : Optional.empty();
    }

    static String quoted(String name) {
        return "'" + (name.length() > LONGEST_QUOTE ? name.substring(0, LONGEST_QUOTE) + "…" : name) + "'";
    }
}
