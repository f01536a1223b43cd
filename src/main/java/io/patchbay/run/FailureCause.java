package io.patchbay.run;

import java.time.Instant;
import java.util.Set;

/**
 * Failed payloads that failed for the same reason.
 *
 * @param id names it in queries: the same flow, shape, code and reason have the same one
 * @param flow their flow
 * @param shape the shape in which they failed
 * @param code the failure's name
 * @param reason what their messages have in common: what differs from payload to payload is left out
 * @param count how many there are
 * @param firstAt when the first of them failed
 * @param lastAt when the last of them failed
 * @param example id of the last of them
 */
public record FailureCause(
        String id,
        String flow,
        String shape,
        String code,
        String reason,
        long count,
        Instant firstAt,
        Instant lastAt,
        String example) {

    /** What is left out. */
    private static final char LEFT_OUT = '#';

    private static final int LONGEST = 300;

    /** Words after which a number tells what kind of failure it was. */
    private static final Set<String> TELLING = Set.of("answered", "status", "http", "said", "code");

    private static final String BETWEEN = " \t\r\n'\"`,;()[]{}<>=|";

    /**
     * A message without what differs from payload to payload: each word with a digit or an {@code @} in it, such as a number, an id, an
     * instant or an address, is one sign. A number of three digits behind {@code answered}, {@code HTTP} and the like stays.
     */
    public static String reason(String message) {
        StringBuilder reason = new StringBuilder();
        String before = "";
        int at = 0;
        while (at < message.length() && reason.length() < LONGEST) {
            char c = message.charAt(at);
            if (BETWEEN.indexOf(c) >= 0 || Character.isISOControl(c)) {
                reason.append(Character.isISOControl(c) ? ' ' : c);
                at++;
                continue;
            }
            int end = at;
            while (end < message.length() && (goesOn(message.charAt(end)) || isInUrl(message, at, end))) {
                end++;
            }
            String word = message.substring(at, end);
            String bare = bare(word);
            reason.append(
                    differs(bare) && !(telling(before) && isStatus(bare))
                            ? LEFT_OUT + word.substring(bare.length())
                            : word);
            before = bare;
            at = end;
        }
        return reason.length() > LONGEST || at < message.length()
                ? reason.substring(0, LONGEST - 1) + "…"
                : reason.toString();
    }

    private static boolean goesOn(char c) {
        return BETWEEN.indexOf(c) < 0 && !Character.isISOControl(c);
    }

    /** The query of an address is of one piece with it. */
    private static boolean isInUrl(String message, int from, int at) {
        return message.charAt(at) == '=' && message.substring(from, at).contains("://");
    }

    /** Without the full stop or colon behind it. */
    private static String bare(String word) {
        int end = word.length();
        while (end > 0 && ".:!?".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    private static boolean differs(String word) {
        return word.chars().anyMatch(c -> Character.isDigit(c) || c == '@');
    }

    private static boolean telling(String word) {
        return TELLING.contains(word.toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean isStatus(String word) {
        return word.length() == 3 && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
