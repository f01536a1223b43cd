package io.patchbay.route.version;

import io.patchbay.flow.Outline.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which shapes stand elsewhere: in another list, or before one that stood before them. As few as explain the order. */
final class Order {

    private Order() {}

    static Set<String> moved(List<Shape> before, List<Shape> after) {
        Map<String, Shape> was = new LinkedHashMap<>();
        before.forEach(shape -> was.putIfAbsent(shape.id(), shape));
        Set<String> moved = new HashSet<>();
        for (Shape shape : after) {
            Shape known = was.get(shape.id());
            if (known != null && !known.within().equals(shape.within())) {
                moved.add(shape.id());
            }
        }
        List<String> order = List.copyOf(was.keySet());
        after.stream()
                .filter(shape -> was.containsKey(shape.id()) && !moved.contains(shape.id()))
                .collect(Collectors.groupingBy(Shape::within, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(list -> moved.addAll(outOfOrder(list, order)));
        return moved;
    }

    /** Those outside of the longest part that stands in the order in which it stood. */
    private static Set<String> outOfOrder(List<Shape> list, List<String> order) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            positions.put(order.get(i), i);
        }
        int[] stood = list.stream()
                .mapToInt(shape -> positions.getOrDefault(shape.id(), 0))
                .toArray();
        int[] longest = new int[list.size()];
        int[] from = new int[list.size()];
        int end = -1;
        for (int i = 0; i < list.size(); i++) {
            longest[i] = 1;
            from[i] = -1;
            for (int j = 0; j < i; j++) {
                if (stood[j] < stood[i] && longest[j] + 1 > longest[i]) {
                    longest[i] = longest[j] + 1;
                    from[i] = j;
                }
            }
            end = end < 0 || longest[i] > longest[end] ? i : end;
        }
        Set<String> moved = list.stream().map(Shape::id).collect(Collectors.toCollection(HashSet::new));
        List<String> kept = new ArrayList<>();
        for (int i = end; i >= 0; i = from[i]) {
            kept.add(list.get(i).id());
        }
        kept.forEach(moved::remove);
        return moved;
    }
}
