package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the stars of a map of Patchworks say about its payloads. There, paths begin at the payload; here, at the record. Where a list on top is made of a list within, or the other way
 * round, that is said beside the fields.
 *
 * @param explode the list within, whose items become the records; null where records stay what they are
 * @param into where the list of records goes in the end; null where it stays on top
 * @param wrap whether one record becomes a list of one
 */
record PatchworksLists(@Nullable String explode, @Nullable String into, boolean wrap) {

    /**
     * Goes through rules.
     *
     * @param sources of each rule
     * @param targets of each rule, as they are written
     */
    static PatchworksLists of(List<List<String>> sources, List<List<String>> targets) {
        List<String> from = sources.stream()
                .flatMap(List::stream)
                .map(PatchworksLists::plain)
                .toList();
        List<String> to = targets.stream()
                .flatMap(List::stream)
                .map(PatchworksLists::plain)
                .toList();
        boolean listsOut = !to.isEmpty() && to.stream().allMatch(PatchworksLists::top);
        boolean listsIn = from.stream().anyMatch(PatchworksLists::top);
        if (listsOut && !listsIn && !from.isEmpty()) {
            Set<String> lists = new TreeSet<>(from.stream()
                    .map(PatchworksLists::list)
                    .filter(one -> !one.isEmpty())
                    .toList());
            if (lists.size() == 1) {
                return new PatchworksLists(lists.iterator().next(), null, false);
            }
            return new PatchworksLists(null, null, lists.isEmpty());
        }
        Set<String> within =
                new TreeSet<>(to.stream().map(PatchworksLists::list).toList());
        boolean fromTop = listsIn && from.stream().allMatch(PatchworksLists::top);
        if (fromTop && within.size() == 1 && !within.contains("")) {
            return new PatchworksLists(null, within.iterator().next(), false);
        }
        return new PatchworksLists(null, null, false);
    }

    private static String plain(String path) {
        return path.strip().replaceFirst("^payload\\.", "");
    }

    private static boolean top(String path) {
        return path.equals("*") || path.startsWith("*.");
    }

    /** The first list within on the way of a path, made of names alone; empty where there is none. */
    private static String list(String path) {
        int star = path.indexOf(".*");
        String list = star < 0 ? "" : path.substring(0, star);
        return list.matches("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*")
                        && (path.length() == star + 2 || path.charAt(star + 2) == '.')
                ? list
                : "";
    }

    /** A source as a path of ours. */
    String source(String theirs) {
        String path = plain(theirs);
        return PatchworksText.field(
                explode != null && path.startsWith(explode + ".*")
                        ? explode + path.substring(explode.length() + 2)
                        : path);
    }

    /** A target as a path of ours. */
    String target(String theirs) {
        String path = plain(theirs);
        return PatchworksText.target(
                into != null && path.startsWith(into + ".*")
                        ? path.substring(into.length() + 2).replaceFirst("^\\.", "")
                        : path);
    }

    /** Whether a rule goes from a list on top to one record or the other way, and nothing beside the fields says so. */
    boolean odd(List<String> sources, List<String> targets) {
        if (explode != null || into != null || wrap || sources.isEmpty()) {
            return false;
        }
        boolean out = targets.stream().map(PatchworksLists::plain).anyMatch(PatchworksLists::top);
        boolean in = sources.stream().map(PatchworksLists::plain).anyMatch(PatchworksLists::top);
        return out != in;
    }

    /** The payload, as it is, under the name where the list goes. */
    ObjectNode around() {
        ObjectNode json = Json.NODES.objectNode();
        ObjectNode at = json;
        String[] names = String.valueOf(into).split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            at = at.putObject(names[i]);
        }
        at.put(names[names.length - 1], "${payload}");
        return Json.NODES.objectNode().set("json", json);
    }
}
