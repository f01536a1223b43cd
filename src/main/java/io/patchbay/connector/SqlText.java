package io.patchbay.connector;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.namedparam.AbstractSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * A statement whose values are bound.
 *
 * @param written with {@code :name}
 * @param text with question marks
 * @param names what each question mark stands for
 */
public record SqlText(String written, String text, List<String> names) {

    public SqlText {
        names = List.copyOf(names);
    }

    /** The text with so many question marks in place of the one of each of these names. */
    public String sized(Map<String, Integer> items) {
        return items.isEmpty()
                ? text
                : NamedParameterUtils.substituteNamedParameters(
                        NamedParameterUtils.parseSqlStatement(written), new Items(items));
    }

    /** Whether a name stands alone in {@code in (:name)}, wherever it stands. */
    boolean inList(String name) {
        String each = ":" + Pattern.quote(name) + "\\b";
        long all = Pattern.compile(each).matcher(written).results().count();
        long listed = Pattern.compile("\\bin\\s*\\(\\s*" + each + "\\s*\\)", Pattern.CASE_INSENSITIVE)
                .matcher(written)
                .results()
                .count();
        return listed > 0 && listed == all;
    }

    /**
     * Reads a text with {@code :name}, which may also stand in quotes and comments and then is none.
     *
     * @throws IllegalArgumentException when values have no names
     */
    static SqlText parse(String text) {
        ParsedSql parsed = NamedParameterUtils.parseSqlStatement(text);
        Object[] names = NamedParameterUtils.buildValueArray(parsed, new OwnName(), null);
        if (Arrays.stream(names).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a value without a name");
        }
        return new SqlText(
                text,
                NamedParameterUtils.substituteNamedParameters(parsed, null),
                Arrays.stream(names).map(String::valueOf).toList());
    }

    /** Each of these names stands for so many values. */
    private static final class Items extends AbstractSqlParameterSource {
        private final Map<String, Integer> items;

        Items(Map<String, Integer> items) {
            this.items = items;
        }

        @Override
        public boolean hasValue(String name) {
            return items.containsKey(name);
        }

        @Override
        public Object getValue(String name) {
            return Collections.nCopies(items.getOrDefault(name, 1), name);
        }
    }

    /** Each name stands for itself. */
    private static final class OwnName extends AbstractSqlParameterSource {
        @Override
        public boolean hasValue(String name) {
            return true;
        }

        @Override
        public Object getValue(String name) {
            return name;
        }
    }
}
