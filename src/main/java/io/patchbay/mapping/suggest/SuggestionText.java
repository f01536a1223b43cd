package io.patchbay.mapping.suggest;

import io.patchbay.mapping.suggest.Suggestion.Open;
import io.patchbay.mapping.suggest.Suggestion.Proposed;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A suggestion as it is pasted into a flow file: {@code fields:} with a comment for each. */
public final class SuggestionText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*");
    private static final Pattern WORDS = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");
    private static final int MOST_LISTED = 200;

    private SuggestionText() {}

    /** The text, with a line break at its end. */
    public static String of(Suggestion suggestion) {
        StringBuilder text = new StringBuilder();
        text.append(suggestion.fields().isEmpty() ? "fields: []\n" : "fields:\n");
        suggestion.fields().forEach(field -> field(field, text));
        List<Open> needed = suggestion.open().stream().filter(Open::needed).toList();
        List<Open> others =
                suggestion.open().stream().filter(open -> !open.needed()).toList();
        listed(
                "needed, and nothing was found for it",
                needed.stream().map(SuggestionText::open).toList(),
                text);
        listed(
                "nothing was found for",
                others.stream().map(SuggestionText::open).toList(),
                text);
        listed("sources that no field reads", suggestion.unused(), text);
        if (suggestion.cut()) {
            text.append("# not all was looked at: a side has more than ")
                    .append(Side.MOST_PLACES)
                    .append(" places\n");
        }
        return text.toString();
    }

    private static void field(Proposed field, StringBuilder text) {
        text.append("  - { to: ").append(quoted(field.to())).append(", from: ").append(quoted(field.from()));
        if (field.flatten()) {
            text.append(", flatten: true");
        }
        if (!field.then().isEmpty()) {
            text.append(", then: [ ").append(String.join(", ", field.then())).append(" ]");
        }
        text.append(" } # ")
                .append(field.sure().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(comment(String.join(", ", field.why())))
                .append('\n');
    }

    private static String open(Open open) {
        return open.to() + (open.kind().isEmpty() ? "" : " (" + open.kind() + ")");
    }

    private static void listed(String what, List<String> names, StringBuilder text) {
        if (names.isEmpty()) {
            return;
        }
        text.append("# ").append(what).append(":\n");
        names.stream()
                .limit(MOST_LISTED)
                .forEach(name -> text.append("#   ").append(comment(name)).append('\n'));
        if (names.size() > MOST_LISTED) {
            text.append("#   and ").append(names.size() - MOST_LISTED).append(" more\n");
        }
    }

    /** Names of samples are data: none ends a comment. */
    private static String comment(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }

    private static String quoted(String path) {
        if (PLAIN.matcher(path).matches() && !WORDS.matcher(path).matches()) {
            return path;
        }
        StringBuilder text = new StringBuilder("\"");
        path.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }
}
