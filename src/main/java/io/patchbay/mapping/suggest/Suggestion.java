package io.patchbay.mapping.suggest;

import java.util.List;

/**
 * Fields that a map could have.
 *
 * @param fields in the order of the targets
 * @param open targets for which nothing was found
 * @param unused sources that no field reads
 * @param cut whether one side has more places than are looked at
 */
public record Suggestion(List<Proposed> fields, List<Open> open, List<String> unused, boolean cut) {

    public Suggestion {
        fields = List.copyOf(fields);
        open = List.copyOf(open);
        unused = List.copyOf(unused);
    }

    /** How sure a field is. */
    public enum Sure {
        /** Names, tags or values say the same. */
        SURE,
        /** Most of it does. */
        LIKELY,
        /** It is worth a look. */
        MAYBE
    }

    /**
     * A field.
     *
     * @param to its target
     * @param from its source
     * @param flatten whether all items of nested lists are one list
     * @param then functions, as they are written
     * @param sure how sure it is
     * @param why in a few words each
     */
    public record Proposed(String to, String from, boolean flatten, List<String> then, Sure sure, List<String> why) {
        public Proposed {
            then = List.copyOf(then);
            why = List.copyOf(why);
        }
    }

    /**
     * A target that nothing was found for.
     *
     * @param kind what it takes; empty when that is not known
     * @param needed whether it must be there
     */
    public record Open(String to, String kind, boolean needed) {}
}
