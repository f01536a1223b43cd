package io.patchbay.mapping.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people read about a function, and what a chain must know of it; its part of the reference page is made from this.
 *
 * @param name the key that names it in {@code then}
 * @param group where it stands in the reference
 * @param text some sentences of Markdown
 * @param takes what it works on; of a list, what its items are
 * @param gives what it makes of it; of a list, what its items are
 * @param wholeList whether it is given a list as a whole, not item by item
 * @param givesList whether its result is a list
 * @param nothing what it makes of missing values and null; null when they pass it by, and then it never sees them
 * @param examples how it is written and what it makes of a value; a test proves them
 */
public record FunctionSpec(
        String name,
        Group group,
        String text,
        Set<ValueKind> takes,
        ValueKind gives,
        boolean wholeList,
        boolean givesList,
        @Nullable String nothing,
        List<Example> examples) {

    public FunctionSpec {
        examples = List.copyOf(examples);
    }

    /** Where a function stands in the reference. */
    public enum Group {
        /** Functions of lists. */
        ARRAY,
        /** Functions of dates. */
        DATE,
        /** Functions of numbers. */
        NUMBER,
        /** Functions of texts. */
        STRING,
        /** All others. */
        OTHER
    }

    /**
     * An example.
     *
     * @param then how it is written
     * @param in a value, as YAML
     * @param out what becomes of it, as YAML, or what is said of it
     * @param fails whether the value is refused
     */
    public record Example(String then, String in, String out, boolean fails) {}

    /** A function of any value that gives any; missing values and null pass it by. */
    public static FunctionSpec of(Group group, String name, String text) {
        return new FunctionSpec(name, group, text, Set.of(ValueKind.ANY), ValueKind.ANY, false, false, null, List.of());
    }

    /** What it works on, and what it makes of it. */
    public FunctionSpec from(Set<ValueKind> taken, ValueKind given) {
        return new FunctionSpec(name, group, text, taken, given, wholeList, givesList, nothing, examples);
    }

    /** It is given a list as a whole. A value that is no list is given as it is. */
    public FunctionSpec ofLists() {
        return new FunctionSpec(name, group, text, takes, gives, true, givesList, nothing, examples);
    }

    /** Its result is a list. */
    public FunctionSpec toList() {
        return new FunctionSpec(name, group, text, takes, gives, wholeList, true, nothing, examples);
    }

    /** It sees missing values and null, too. */
    public FunctionSpec ofNothing(String whatBecomes) {
        return new FunctionSpec(name, group, text, takes, gives, wholeList, givesList, whatBecomes, examples);
    }

    /** An example that works. */
    public FunctionSpec example(String then, String in, String out) {
        return with(new Example(then, in, out, false));
    }

    /** An example that is refused with this message. */
    public FunctionSpec refuses(String then, String in, String message) {
        return with(new Example(then, in, message, true));
    }

    private FunctionSpec with(Example example) {
        List<Example> more = new ArrayList<>(examples);
        more.add(example);
        return new FunctionSpec(name, group, text, takes, gives, wholeList, givesList, nothing, more);
    }
}
