package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** How a list may be read on from run to run, as the names of its parameters let one think. */
final class SinceGuess {

    private static final Pattern SINCE =
            Pattern.compile("(?i)(filter\\[)?(last_?)?(updated|modified|changed)[a-z_]*?_?(since|after|from|min|gte?)]?"
                    + "|(since|after|min)_?(last_?)?(updated|modified|changed)[a-z_]*");
    private static final Pattern CHANGED = Pattern.compile("(?i).*(updat|modif|chang).*");

    private SinceGuess() {}

    /**
     * What to declare, as a sentence; nothing when no parameter speaks of changes.
     *
     * @param parameters names of query parameters
     * @param record properties of a record, by name
     */
    static Optional<String> of(Set<String> parameters, JsonNode record) {
        Set<String> fields = new TreeSet<>();
        record.fieldNames().forEachRemaining(fields::add);
        String changed = fields.stream()
                .filter(name -> CHANGED.matcher(name).matches())
                .findFirst()
                .orElse(null);
        return parameters.stream()
                .filter(name -> SINCE.matcher(name).matches())
                .findFirst()
                .map(name -> "parameter " + name
                        + " asks for what changed, so a flow may read on from run to run; for that take it out of 'inputs' and"
                        + " 'request: query', and put here: incremental: { cursorField: "
                        + (changed == null ? "THE_FIELD_THAT_SAYS_WHEN" : YamlText.scalar(changed))
                        + ", lower: { into: query, name: " + YamlText.scalar(name) + " } }");
    }
}
