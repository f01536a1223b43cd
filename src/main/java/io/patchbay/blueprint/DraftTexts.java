package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files of flows, services and environments as drafts. What a blueprint brings does not run by itself: an environment says of its flows
 * that they are active, whatever their own files say, so it is a draft as well.
 */
final class DraftTexts {

    private static final String STATUS = "status";
    private static final Set<SourceKind> KINDS =
            EnumSet.of(SourceKind.FLOW, SourceKind.SERVICE, SourceKind.ENVIRONMENT);

    private DraftTexts() {}

    /** Whether what a file says can run by itself. */
    static boolean ofKind(String path) {
        return SourceKind.of(path).filter(KINDS::contains).isPresent();
    }

    /** Writes it into a text, as far as that can be. */
    static void write(YamlPatch patch, Node tree) {
        patch.set(List.of(STATUS), Json.NODES.textNode("draft"));
        for (int flow : ownStatus(tree)) {
            patch.set(List.of("flows", flow, STATUS), Json.NODES.textNode("draft"));
        }
    }

    /** The text as a draft; as it is where it cannot be made one. */
    static String of(String text) {
        Node tree = read(text);
        return tree == null
                ? text
                : YamlPatch.of(text)
                        .map(patch -> {
                            write(patch, tree);
                            return patch.text();
                        })
                        .orElse(text);
    }

    /** Whether nothing of it runs by itself. */
    static boolean is(String text) {
        List<String> all = statuses(text);
        return !all.isEmpty() && all.stream().allMatch(status -> status.equals("draft"));
    }

    /** Whether something of it runs by itself. */
    static boolean active(String text) {
        return statuses(text).contains("active");
    }

    /** That of the file, and those that an environment says of single flows; none where the file cannot be read. */
    private static List<String> statuses(String text) {
        if (!(read(text) instanceof MapNode map)) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        all.add(status(map));
        if (map.get("flows") instanceof ListNode flows) {
            for (int flow : ownStatus(map)) {
                all.add(status((MapNode) flows.items().get(flow)));
            }
        }
        return all;
    }

    private static String status(MapNode map) {
        return map.get(STATUS) instanceof ScalarNode status ? status.text() : "active";
    }

    /** Which flows of an environment have a status of their own. */
    private static List<Integer> ownStatus(Node tree) {
        List<Integer> all = new ArrayList<>();
        if (tree instanceof MapNode map && map.get("flows") instanceof ListNode flows) {
            for (int i = 0; i < flows.items().size(); i++) {
                if (flows.items().get(i) instanceof MapNode flow && flow.get(STATUS) != null) {
                    all.add(i);
                }
            }
        }
        return all;
    }

    private static @Nullable Node read(String text) {
        return new YamlReader().read("", text, new Problems()).orElse(null);
    }
}
