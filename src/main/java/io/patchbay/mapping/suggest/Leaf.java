package io.patchbay.mapping.suggest;

import io.patchbay.expression.TargetPath.Every;
import io.patchbay.expression.TargetPath.Item;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.expression.TargetPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place of a record that holds a value of its own.
 *
 * @param path from the record; a list of records on the way is {@code [*]}
 * @param list whether it is a list of plain values
 * @param types that its value, or an item of the list, may have; empty when nothing is known
 * @param format that the schema gives it, like email or date-time
 * @param form how its dates are written, as the function {@code date} reads it; null when they are no dates
 * @param tag by which the schema says what it means
 * @param title that the schema gives it
 * @param needed whether its schema says that it must be there
 * @param samples values that were seen, as texts; no empty ones
 * @param blank whether empty text was seen
 */
record Leaf(
        List<Step> path,
        boolean list,
        Set<String> types,
        @Nullable String format,
        @Nullable String form,
        @Nullable String tag,
        @Nullable String title,
        boolean needed,
        Set<String> samples,
        boolean blank) {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    Leaf {
        path = List.copyOf(path);
        types = Set.copyOf(types);
    }

    /** As a map writes it. */
    String text() {
        return text(path);
    }

    static String text(List<Step> path) {
        StringBuilder text = new StringBuilder();
        for (Step step : path) {
            if (step instanceof Member member) {
                boolean plain = PLAIN.matcher(member.name()).matches();
                String name = member.name();
                text.append(plain ? (text.isEmpty() ? name : "." + name) : "['" + escaped(name) + "']");
            } else {
                text.append(step instanceof Item item ? "[" + item.index() + "]" : "[*]");
            }
        }
        return text.toString();
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Its own name. */
    String name() {
        List<String> names = names(path);
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    static List<String> names(List<Step> path) {
        return path.stream()
                .filter(Member.class::isInstance)
                .map(step -> ((Member) step).name())
                .toList();
    }

    /** The lists that it stands in, from the outside; each ends with {@code [*]}. */
    List<List<Step>> lists() {
        List<List<Step>> lists = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i) instanceof Every) {
                lists.add(path.subList(0, i + 1));
            }
        }
        return lists;
    }

    /** What it is, for people. */
    String kind() {
        String one = types.size() == 1 ? types.iterator().next() : "";
        String word = switch (one) {
            case "string" -> form != null ? "date" : "text";
            case "integer" -> "whole number";
            default -> one;
        };
        return list ? (word.isEmpty() ? "list" : "list of " + word) : word;
    }

    boolean only(String type) {
        return types.equals(Set.of(type));
    }

    boolean number() {
        return !types.isEmpty() && types.stream().allMatch(type -> type.equals("integer") || type.equals("number"));
    }
}
