package io.patchbay.shape.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.References;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key of a shape's settings: a text with placeholders. A star that the author wrote is a wildcard, one from the data is not. */
record CacheKey(Template text) {

    private static final Pattern NAME = Pattern.compile("(?=.{1,100}$)[A-Za-z][A-Za-z0-9_-]*(@[a-z0-9-]+)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");

    /** Whether each record has a key of its own. */
    boolean perRecord() {
        return text.reads().stream().anyMatch(ref -> ref.root().equals("record"));
    }

    /** Whether it stands for any number of keys. */
    boolean wild() {
        return PLACEHOLDER.matcher(text.toString()).replaceAll("").contains("*");
    }

    /** A payload whose data can be read, where the key reads it. */
    Payload readable(Payload payload) throws StepException {
        return References.readsData(text.reads()) ? payload.parsed() : payload;
    }

    /** The key for a payload, and per record for the record. */
    String of(Payload payload, @Nullable JsonNode record, Attempt attempt) throws StepException {
        return checked(text(attempt.scope(payload, record), false));
    }

    /** The keys for a payload, and per record for the record. */
    KeyPattern pattern(Payload payload, @Nullable JsonNode record, Attempt attempt) throws StepException {
        if (!wild()) {
            return KeyPattern.exactly(of(payload, record, attempt));
        }
        return KeyPattern.parse(text(attempt.scope(payload, record), true));
    }

    private String text(Scope scope, boolean escape) throws StepException {
        try {
            return escape ? text.text(scope, KeyPattern::escaped) : text.text(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    static String checked(String key) throws StepException {
        if (key.isEmpty() || key.length() > CacheWrite.LONGEST_KEY) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_CACHE_KEY",
                    key.isEmpty()
                            ? "the key is empty; a cache needs one of 1 to " + CacheWrite.LONGEST_KEY + " characters"
                            : "the key '" + key.substring(0, 40) + "…' has " + key.length()
                                    + " characters; a cache takes at most " + CacheWrite.LONGEST_KEY);
        }
        if (key.indexOf('\0') >= 0) {
            throw new StepException(Owner.AUTHOR, "BAD_CACHE_KEY", "the key holds the character 0; take it out");
        }
        return key;
    }

    /** Adds a problem for a name that no cache can have. */
    static void name(String cache, Location at, Problems problems) {
        if (!NAME.matcher(cache).matches()) {
            problems.error(
                    at,
                    "BAD_NAME",
                    "cache name '" + cache + "' must begin with a letter and hold letters, digits, - and _ only",
                    "the name of a cache is fixed; what differs from payload to payload belongs into the key");
        }
    }

    /** Adds a problem where a key is written and stands for many. */
    void one(Location at, Problems problems) {
        if (wild()) {
            problems.error(
                    at,
                    "BAD_CACHE_KEY",
                    "what is put into a cache needs one key, and '" + text + "' stands for many",
                    "write a placeholder in place of the *, like ${record.id}: each record has its own key then");
        }
    }

    /** The record that a key reads where a payload is to be one record. */
    static @Nullable JsonNode only(Payload payload) throws StepException {
        List<JsonNode> records = payload.records();
        if (records.size() != 1) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_ONE_RECORD",
                    "the key is of one record, and the payload has " + records.size()
                            + "; cut it before with flowControl: { size: 1 }");
        }
        return records.get(0);
    }
}
