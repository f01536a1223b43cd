package io.patchbay.sandbox;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The search clauses that are asked for here: one comparison of a column with a time, or none. */
final class PeoplevoxSearch {

    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");

    private static final Pattern SINCE =
            Pattern.compile("\\(?\\[?([\\w ]+?)]? (>=|>) DateTime\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)\\)?");

    private PeoplevoxSearch() {}

    static Optional<Predicate<Map<String, String>>> read(String clause) {
        if (clause.isBlank()) {
            return Optional.of(row -> true);
        }
        Matcher since = SINCE.matcher(clause.strip());
        if (!since.matches()) {
            return Optional.empty();
        }
        LocalDateTime from = LocalDateTime.of(
                number(since, 3),
                number(since, 4),
                number(since, 5),
                number(since, 6),
                number(since, 7),
                number(since, 8));
        return Optional.of(row -> {
            LocalDateTime at = LocalDateTime.parse(row.getOrDefault(since.group(1), "01/01/1970 00:00"), DATE);
            return at.isAfter(from) || since.group(2).equals(">=") && at.equals(from);
        });
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
