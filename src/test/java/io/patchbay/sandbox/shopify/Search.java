package io.patchbay.sandbox.shopify;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shopify's search syntax: terms like {@code updated_at:>='2026-01-05'}, joined by AND and OR, with AND the closer one. */
final class Search {

    /** What a field of a search looks at. */
    record Fields(Map<String, Function<Node, Object>> byName) {}

    private record Term(boolean not, String field, String operator, String value) {}

    private static final Pattern TOKEN =
            Pattern.compile("(?:[^\\s\"']|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')+");
    private static final Pattern TERM = Pattern.compile("(-?)(\\w+):(>=|<=|>|<|)(.*)", Pattern.DOTALL);

    private final List<List<Term>> any = new ArrayList<>();

    Search(String query) {
        List<Term> all = new ArrayList<>();
        boolean not = false;
        Matcher tokens = TOKEN.matcher(query);
        while (tokens.find()) {
            switch (tokens.group()) {
                case "AND" -> {}
                case "NOT" -> not = true;
                case "OR" -> {
                    any.add(all);
                    all = new ArrayList<>();
                }
                default -> {
                    all.add(term(tokens.group(), not));
                    not = false;
                }
            }
        }
        any.add(all);
    }

    private static Term term(String token, boolean not) {
        Matcher term = TERM.matcher(token);
        if (!term.matches()) {
            throw new IllegalArgumentException("This shop searches by fields only, not by '" + token + "'.");
        }
        return new Term(not || !term.group(1).isEmpty(), term.group(2), term.group(3), unquoted(term.group(4)));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0;
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    /** Whether a node is found. A field that is not known is left out of the search, as Shopify does with a warning. */
    boolean finds(Node node, Fields fields) {
        return any.stream().anyMatch(all -> all.stream().allMatch(term -> holds(term, node, fields)));
    }

    private static boolean holds(Term term, Node node, Fields fields) {
        Function<Node, Object> field = fields.byName().get(term.field());
        return field == null || term.not() != matches(term, field.apply(node));
    }

    private static boolean matches(Term term, Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(one -> matches(term, one));
        }
        if (value instanceof Instant time) {
            return compares(term.operator(), time.compareTo(time(term)));
        }
        String found = value == null ? "" : value.toString().toLowerCase(Locale.ROOT);
        String wanted = term.value().toLowerCase(Locale.ROOT);
        return wanted.endsWith("*")
                ? found.startsWith(wanted.substring(0, wanted.length() - 1))
                : compares(term.operator(), found.compareTo(wanted));
    }

    private static Instant time(Term term) {
        try {
            return Instant.parse(term.value().length() == 10 ? term.value() + "T00:00:00Z" : term.value());
        } catch (DateTimeParseException e) {
            throw new Refused("BAD_REQUEST", "Invalid timestamp for query filter `" + term.field() + "`.");
        }
    }

    private static boolean compares(String operator, int order) {
        return switch (operator) {
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            default -> order == 0;
        };
    }
}
