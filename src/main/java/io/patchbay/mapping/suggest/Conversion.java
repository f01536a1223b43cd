package io.patchbay.mapping.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.suggest.Suggestion.Sure;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions that make of a source what its target takes.
 *
 * @param then as they are written in a map
 * @param why what is to be known of them
 * @param most as sure as a field with them may be
 */
record Conversion(List<String> then, List<String> why, Sure most) {

    private static final Conversion NONE = new Conversion(List.of(), List.of());

    private Conversion(List<String> then, List<String> why) {
        this(then, why, Sure.SURE);
    }

    /**
     * The functions, tried on the samples of the source.
     *
     * @param several whether the source is a list at the place of the target
     */
    static Conversion of(Leaf from, Leaf to, boolean several) {
        List<String> then = new ArrayList<>();
        List<String> why = new ArrayList<>();
        if (several && !to.list()) {
            if (!to.types().isEmpty() && !to.only("string")) {
                then.add("first");
                why.add("takes one of a list");
            } else {
                then.add("{ join: \", \" }");
                why.add("a list becomes text");
            }
        }
        Cut cut = several || !to.list() || !from.only("string") ? null : Cut.of(from, to);
        if (cut != null) {
            then.addAll(cut.then());
            why.add("text becomes a list");
        }
        Conversion value = value(cut == null ? from : cut.yields(), to);
        then.addAll(value.then());
        why.addAll(value.why());
        List<JsonNode> values = Trial.values(from);
        String complaint = then.isEmpty() ? null : Trial.of(then).complaint(several ? Trial.inLists(values) : values);
        if (complaint != null) {
            why.add(complaint);
        }
        return new Conversion(then, why, complaint == null ? value.most() : Sure.MAYBE);
    }

    /** What makes one value of another; of a text that is cut, on what the cut yields. */
    static Conversion value(Leaf from, Leaf to) {
        if (from.form() != null && to.form() != null) {
            return date(from.form(), to.form());
        }
        if (from.types().isEmpty() || to.types().isEmpty()) {
            return NONE;
        }
        if (to.number() && !from.number()) {
            return from.only("string") ? number(from, to.only("integer")) : NONE;
        }
        if (to.only("integer") && from.types().contains("number")) {
            return new Conversion(List.of("round"), List.of("decimals are rounded"));
        }
        if (to.only("string") && (from.number() || from.only("boolean"))) {
            return new Conversion(List.of("text"), List.of("becomes text"));
        }
        return to.only("boolean") && !from.only("boolean")
                ? new Conversion(List.of("boolean"), List.of("becomes true or false"))
                : NONE;
    }

    private static Conversion number(Leaf from, boolean whole) {
        List<JsonNode> values = Trial.values(from);
        Separators separators = Separators.of(values);
        List<String> then = new ArrayList<>();
        if (from.blank()) {
            then.add("{ nullIf: \"\" }");
        }
        then.add(separators.number(whole));
        List<String> why = new ArrayList<>(List.of("text becomes a number"));
        if (from.blank()) {
            why.add("empty text is no value");
        }
        Trial number = Trial.of(List.of(separators.number(false)));
        if (whole && values.stream().anyMatch(one -> decimals(one, number))) {
            why.add("and its decimals are rounded");
        }
        boolean open = separators.open(values);
        if (open) {
            why.add("see whether '" + separators.mark() + "' stands before decimals, or between thousands");
        }
        return new Conversion(then, why, open ? Sure.LIKELY : Sure.SURE);
    }

    private static boolean decimals(JsonNode value, Trial number) {
        try {
            JsonNode read = number.of(value);
            return read.isNumber() && read.decimalValue().stripTrailingZeros().scale() > 0;
        } catch (FunctionException e) {
            return false;
        }
    }

    private static Conversion date(String from, String to) {
        if (from.equals(to)) {
            return NONE;
        }
        boolean read = !from.equals(Forms.ISO) && !from.equals(Forms.DAY);
        boolean write = !to.equals(Forms.ISO);
        String inside = (read ? "from: " + quoted(from) : "")
                + (read && write ? ", " : "")
                + (write ? "to: " + quoted(to) : "");
        String function = inside.isEmpty() ? "date" : "{ date: { " + inside + " } }";
        boolean shorter =
                to.equals(Forms.DAY) || (!to.contains("H") && !to.equals(Forms.ISO) && !to.startsWith(Forms.EPOCH));
        boolean day = from.equals(Forms.DAY)
                || (!from.contains("H") && !from.equals(Forms.ISO) && !from.startsWith(Forms.EPOCH));
        List<String> why = new ArrayList<>(List.of("date in another form"));
        if (shorter && !day) {
            why.add("the time is lost");
        }
        if (from.matches("dd.MM.yyyy|MM.dd.yyyy")) {
            why.add("see whether the " + (from.startsWith("dd") ? "day" : "month") + " stands first");
        }
        return new Conversion(List.of(function), why);
    }

    private static String quoted(String form) {
        return form.matches("[A-Za-z][A-Za-z-]*") ? form : "\"" + form + "\"";
    }
}
