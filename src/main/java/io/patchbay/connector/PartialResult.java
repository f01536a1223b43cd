package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.definition.PartialResultConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the records that an answer says failed. */
public record PartialResult(PartialResultConfig config) {

    /**
     * What an answer says.
     *
     * @param failed why, by position in the request
     * @param unclear why it cannot be told which records failed, though some did; else null
     */
    public record Judged(
            Map<Integer, String> failed, @Nullable String unclear) {
        public Judged {
            failed = Map.copyOf(failed);
        }

        private static Judged unclear(String why) {
            return new Judged(Map.of(), why);
        }
    }

    /** Judges an answer about these records. What cannot be matched to a record makes all of them doubtful. */
    public Judged judge(List<JsonNode> records, JsonNode answer) {
        try {
            Judged judged =
                    config.errors() == null ? new Judged(Map.of(), null) : named(config.errors(), records, answer);
            String fewer = judged.failed().isEmpty() && judged.unclear() == null ? fewer(records.size(), answer) : null;
            return fewer == null ? judged : Judged.unclear(fewer);
        } catch (ExpressionException e) {
            return Judged.unclear("the answer cannot be read: " + e.getMessage());
        }
    }

    private @Nullable String fewer(int sent, JsonNode answer) {
        SourcePath accepted = config.accepted();
        if (accepted == null) {
            return null;
        }
        JsonNode found = find(accepted, answer);
        BigDecimal number = Values.absent(found) ? null : Values.number(found);
        if (number == null) {
            return "the answer does not say at " + accepted + " how many of " + sent + " records were taken";
        }
        return number.compareTo(BigDecimal.valueOf(sent)) == 0
                ? null
                : "the answer says that " + number.toPlainString() + " of " + sent
                        + " records were taken, and not which";
    }

    private Judged named(SourcePath errors, List<JsonNode> records, JsonNode answer) {
        List<JsonNode> said = said(errors, answer);
        if (config.key() == null && config.index() == null) {
            return inOrder(records.size(), said);
        }
        Map<Integer, String> failed = new TreeMap<>();
        for (JsonNode error : said) {
            if (!holds(error)) {
                continue;
            }
            List<Integer> about = config.index() == null ? byKey(error, records) : byIndex(error, records.size());
            if (about.isEmpty() && records.size() > 1) {
                return Judged.unclear("the answer says of no record that was sent: " + message(error));
            }
            (about.isEmpty() ? List.of(0) : about)
                    .forEach(at -> failed.merge(at, message(error), (a, b) -> a + "; " + b));
        }
        return new Judged(failed, null);
    }

    private List<JsonNode> said(SourcePath errors, JsonNode answer) {
        JsonNode found = find(errors, answer);
        if (Values.absent(found)) {
            return List.of();
        }
        List<JsonNode> all = new ArrayList<>();
        if (found instanceof ArrayNode list) {
            list.forEach(all::add);
        } else {
            all.add(found);
        }
        return all;
    }

    /** One for each record; without a condition whatever is said is a failure of all. */
    private Judged inOrder(int records, List<JsonNode> said) {
        if (config.when() == null && records > 1) {
            return said.isEmpty() ? new Judged(Map.of(), null) : Judged.unclear(message(said.get(0)));
        }
        if (config.when() != null && said.size() != records) {
            return Judged.unclear(
                    "the answer says something of " + said.size() + " records, and " + records + " were sent");
        }
        Map<Integer, String> failed = new TreeMap<>();
        for (int i = 0; i < said.size(); i++) {
            if (holds(said.get(i))) {
                failed.merge(Math.min(i, records - 1), message(said.get(i)), (a, b) -> a + "; " + b);
            }
        }
        return new Judged(failed, null);
    }

    private boolean holds(JsonNode error) {
        return config.when() == null || config.when().test(error, about(error));
    }

    /** A position is a number, or the text of one. */
    private List<Integer> byIndex(JsonNode error, int records) {
        JsonNode found = find(java.util.Objects.requireNonNull(config.index()), error);
        String text = Values.absent(found) || found.isContainerNode() ? "" : Values.text(found);
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) >= records) {
            return List.of();
        }
        return List.of(Integer.parseInt(text));
    }

    /** Records whose key is written the same, whatever its type; two of the same key cannot be told apart. */
    private List<Integer> byKey(JsonNode error, List<JsonNode> records) {
        SourcePath key = java.util.Objects.requireNonNull(config.key());
        SourcePath own = config.recordKey() == null ? key : config.recordKey();
        JsonNode found = find(key, error);
        List<Integer> about = new ArrayList<>();
        for (int i = 0; i < records.size() && !Values.absent(found); i++) {
            JsonNode value = find(own, records.get(i));
            if (!Values.absent(value) && written(value).equals(written(found))) {
                about.add(i);
            }
        }
        return about;
    }

    private static String written(JsonNode value) {
        return value.isContainerNode() ? value.toString() : Values.text(value);
    }

    private String message(JsonNode error) {
        JsonNode found = find(config.message(), error);
        return written(Values.absent(found) ? error : found);
    }

    private static JsonNode find(SourcePath path, JsonNode from) {
        return path.find(from, about(from));
    }

    /** Where what is said of a value reads: that value is the root. */
    static Scope about(JsonNode tree) {
        return Scope.of("payload", tree);
    }
}
