package io.patchbay.connector;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.namedparam.AbstractSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * A statement whose values are bound.
 *
 * @param text with question marks
 * @param names what each question mark stands for
 */
public record SqlText(String text, List<String> names) {

    public SqlText {
        names = List.copyOf(names);
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
                NamedParameterUtils.substituteNamedParameters(parsed, null),
                Arrays.stream(names).map(String::valueOf).toList());
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
