package io.patchbay.mapping.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text that is cut into a list.
 *
 * @param then the functions that cut it
 * @param yields what the list holds: what comes after the cut is tried on that
 */
record Cut(List<String> then, Leaf yields) {

    private static final List<String> DELIMITERS = List.of(",", ";", "|");

    /** The first delimiter that the samples have and whose pieces the target takes, else the first that they have; null when they have none. */
    static @Nullable Cut of(Leaf from, Leaf to) {
        Cut first = null;
        for (String delimiter : DELIMITERS) {
            if (from.samples().stream().noneMatch(one -> one.contains(delimiter))) {
                continue;
            }
            Cut cut = at(delimiter, from, to);
            List<String> all = new ArrayList<>(cut.then());
            all.addAll(Conversion.value(cut.yields(), to).then());
            if (Trial.of(all).complaint(Trial.values(from)) == null) {
                return cut;
            }
            first = first == null ? cut : first;
        }
        return first;
    }

    private static Cut at(String delimiter, Leaf from, Leaf to) {
        String split = "{ split: \"" + delimiter + "\" }";
        Trial trial = Trial.of(List.of(split));
        Set<String> pieces = new LinkedHashSet<>();
        for (JsonNode value : Trial.values(from)) {
            trial.of(value).forEach(piece -> pieces.add(piece.asText()));
        }
        // numbers are read with blanks around them
        boolean trim = !to.number() && pieces.stream().anyMatch(piece -> !piece.equals(piece.strip()));
        Set<String> whole = new LinkedHashSet<>();
        pieces.forEach(piece -> whole.add(trim ? piece.strip() : piece));
        boolean blank = whole.removeIf(String::isBlank);
        Leaf yields = new Leaf(
                from.path(),
                true,
                from.types(),
                from.format(),
                Forms.of(null, from.types(), whole, from.path()),
                from.tag(),
                from.title(),
                from.needed(),
                whole,
                blank);
        return new Cut(trim ? List.of(split, "trim") : List.of(split), yields);
    }
}
