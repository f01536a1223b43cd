package io.patchbay.connector.limit;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What header {@code RateLimit} says (draft-ietf-httpapi-ratelimit-headers): since draft 07 a list of policies, each with what is
 * left of it ({@code r}) and its own time until it is whole ({@code t}); before, one {@code remaining=} and {@code reset=}.
 *
 * @param remaining what is left
 * @param seconds until all is free again; null when the answer does not say
 */
record Left(long remaining, @Nullable Long seconds) {

    /** What stands between commas, of which quoted names may hold some. */
    private static final Pattern MEMBER = Pattern.compile("(?:[^\",]++|\"(?:[^\"\\\\]++|\\\\.)*+\")++");

    private static final Pattern LEFT = number("r");
    private static final Pattern UNTIL = number("t");
    private static final Pattern WINDOW = number("w");
    private static final Pattern OLD_LEFT = number("remaining");
    private static final Pattern OLD_UNTIL = number("reset");

    /** Who has nothing left and is whole last; where all have something left, the one that has least. */
    private static final Comparator<Left> TIGHTEST = Comparator.comparingLong(Left::remaining)
            .thenComparing(left -> left.seconds() == null ? 0 : -left.seconds());

    private static Pattern number(String name) {
        return Pattern.compile("(?:^|[;,\\s])" + name + "=(\\d{1,15})(?![\\d.])");
    }

    /**
     * The policy that forces the longest wait.
     *
     * @param policies header {@code RateLimit-Policy}, or null: its windows hold where a policy does not say when it is whole
     */
    static @Nullable Left tightest(String header, @Nullable String policies) {
        Long old = found(OLD_LEFT, header);
        if (old != null) {
            return new Left(old, found(OLD_UNTIL, header));
        }
        return members(header).stream()
                .map(member -> of(member, policies))
                .filter(Objects::nonNull)
                .map(Left.class::cast)
                .min(TIGHTEST)
                .orElse(null);
    }

    private static @Nullable Left of(String member, @Nullable String policies) {
        Long left = found(LEFT, member);
        Long until = found(UNTIL, member);
        return left == null
                ? null
                : new Left(left, until != null || policies == null ? until : window(name(member), policies));
    }

    private static @Nullable Long window(String name, String policies) {
        return members(policies).stream()
                .filter(policy -> name(policy).equals(name))
                .findFirst()
                .map(policy -> found(WINDOW, policy))
                .orElse(null);
    }

    /** The window that header {@code RateLimit-Policy} names; null when there are several, as any could be meant. */
    static @Nullable Long window(String policies) {
        List<String> all = members(policies);
        return all.size() == 1 ? found(WINDOW, all.get(0)) : null;
    }

    private static List<String> members(String header) {
        return MEMBER.matcher(header).results().map(MatchResult::group).toList();
    }

    private static String name(String member) {
        int end = member.indexOf(';');
        return (end < 0 ? member : member.substring(0, end)).strip();
    }

    private static @Nullable Long found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? (Long) Long.parseLong(matcher.group(1)) : null;
    }
}
