package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of $filter that Business Central takes: comparisons that are joined by and, or by or as long as all of them
 * are about one field. Brackets are not among them here.
 */
final class ODataFilter {

    /** Refused, with the words of the system. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private static final Pattern COMPARED = Pattern.compile(
            "\\s*(\\w+) (eq|ne|gt|ge|lt|le) ('(?:[^']|'')*'|[0-9T:.Z-]+|true|false)(?: (and|or) |\\s*$)");

    private ODataFilter() {}

    /**
     * @param codes fields that are kept in capitals, and so are what is looked for in them
     */
    static Predicate<JsonNode> read(String filter, Set<String> fields, Set<String> codes) throws Refused {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> joins = new ArrayList<>();
        Matcher matcher = COMPARED.matcher(filter);
        int at = 0;
        while (at < filter.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new Refused("Syntax error at position %d in '%s'.".formatted(at, filter));
            }
            String field = matcher.group(1);
            if (!fields.contains(field)) {
                throw new Refused("Could not find a property named '%s'.".formatted(field));
            }
            names.add(field);
            all.add(compared(field, matcher.group(2), literal(matcher.group(3), codes.contains(field))));
            if (matcher.group(4) != null) {
                joins.add(matcher.group(4));
            } else if (matcher.end() < filter.length()) {
                throw new Refused("Syntax error at position %d in '%s'.".formatted(matcher.end(), filter));
            }
            at = matcher.end();
        }
        if (all.isEmpty()
                || joins.size() != all.size() - 1
                || joins.stream().distinct().count() > 1) {
            throw new Refused("Syntax error in '%s'.".formatted(filter));
        }
        if (joins.contains("or") && names.stream().distinct().count() > 1) {
            throw new Refused("An OR operation on different fields is not supported.");
        }
        return joins.contains("or")
                ? row -> all.stream().anyMatch(one -> one.test(row))
                : row -> all.stream().allMatch(one -> one.test(row));
    }

    private static String literal(String written, boolean code) {
        if (!written.startsWith("'")) {
            return written;
        }
        String text = written.substring(1, written.length() - 1).replace("''", "'");
        return code ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static Predicate<JsonNode> compared(String field, String operator, String literal) {
        IntPredicate holds = switch (operator) {
            case "eq" -> order -> order == 0;
            case "ne" -> order -> order != 0;
            case "gt" -> order -> order > 0;
            case "ge" -> order -> order >= 0;
            case "lt" -> order -> order < 0;
            default -> order -> order <= 0;
        };
        return row -> holds.test(order(row.path(field), literal));
    }

    private static int order(JsonNode value, String literal) {
        if (value.isNumber()) {
            return value.decimalValue().compareTo(new BigDecimal(literal));
        }
        return literal.matches("\\d{4}-\\d{2}-\\d{2}T.*")
                ? Instant.parse(value.asText()).compareTo(Instant.parse(literal))
                : value.asText().compareTo(literal);
    }
}
