package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A flow and all files that it needs in one YAML file, which people can read and compare: texts by their path in a home folder. Secrets are
 * references in all of them.
 */
public final class Bundle {

    private static final int MOST_FILES = 2_000;
    private static final YamlReader.Limits LIMITS = new YamlReader.Limits(SourceText.LARGEST, 20_000, 10);
    private static final Pattern PATH = Pattern.compile("(routes|connectors)(/[A-Za-z0-9][A-Za-z0-9._-]*){1,8}");

    private static final Pattern OF_A_FLOW = Pattern.compile(
            "routes/(?:.*/)?(?:[^/]+\\.(?:flow|test)\\.yaml|stores\\.yaml|tables/[^/]+\\.csv|schemas/[^/]+\\.(?:json|xsd)|scripts/[^/]+(?<!\\.ya?ml))");

    private Bundle() {}

    /** The text of a bundle; the same files are the same text. */
    public static String write(String flow, SortedMap<String, String> files) {
        StringBuilder out = new StringBuilder("# Flow '" + flow
                + "' with all that it needs: 'patchbay import bundle FILE' puts it into a home folder.\n");
        out.append("bundle: ").append(flow).append("\nfiles:\n");
        files.forEach((path, text) -> {
            ObjectNode one = Json.NODES.objectNode().put(path, text);
            out.append(YamlText.block(one, 2)).append('\n');
        });
        return out.toString();
    }

    /**
     * What a bundle holds for a home.
     *
     * @param flows ids of flows in it, all drafts
     * @param files texts by path from the home folder
     * @param left paths that are left out because the home has something under this name
     */
    public record Content(List<String> flows, SortedMap<String, String> files, List<String> left) {}

    /**
     * Reads a bundle. Connectors and instances that the home has already are left out: what it has is used.
     *
     * @param there whether the home has a file
     * @throws MovingException when it is none, or has files that belong elsewhere
     */
    public static Content read(String file, String text, Predicate<String> there) {
        Problems problems = new Problems();
        Node root = new YamlReader(LIMITS).read(file, text, problems).orElse(null);
        if (root == null || problems.anyError()) {
            throw new MovingException(file + " cannot be read: " + problems);
        }
        if (!(root instanceof MapNode map
                && map.get("bundle") instanceof ScalarNode
                && map.get("files") instanceof MapNode files)) {
            throw new MovingException(
                    file + " is no bundle: it has the keys 'bundle' and 'files', whose values are texts by path");
        }
        if (files.entries().size() > MOST_FILES) {
            throw new MovingException(file + " holds more than " + MOST_FILES + " files");
        }
        SortedMap<String, String> texts = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>();
        List<String> flows = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Entry one : files.entries().values()) {
            String path = one.key();
            if (!PATH.matcher(path).matches() || !(one.value() instanceof ScalarNode content)) {
                throw new MovingException(
                        one.at() + ": '" + SourceText.shown(path) + "' is no text under routes/ or connectors/");
            }
            if (!names.add(path.toLowerCase(Locale.ROOT))) {
                throw new MovingException(one.at() + ": '" + path + "' stands twice, upper and lower case apart");
            }
            refuseWhatRuns(one, path);
            if (path.startsWith("connectors/") && taken(path, there)) {
                left.add(path);
            } else {
                texts.put(path, path.endsWith(".flow.yaml") ? draft(path, content.text(), flows) : content.text());
            }
        }
        if (flows.isEmpty()) {
            throw new MovingException(file + " holds no flow");
        }
        return new Content(List.copyOf(flows), texts, List.copyOf(left));
    }

    /** Nothing that takes effect as soon as it lies there: what an export writes is all that is taken. */
    private static void refuseWhatRuns(Entry one, String path) {
        if (path.startsWith("routes/") && !OF_A_FLOW.matcher(path).matches()) {
            throw new MovingException(one.at() + ": '" + path
                    + "' is no part of a flow: a bundle has flows, tests, scripts, tables, schemas and stores.yaml"
                    + " under routes/; plain Camel routes, services, environments and packages would take effect at"
                    + " once");
        }
    }

    private static boolean taken(String path, Predicate<String> there) {
        String[] parts = path.split("/", -1);
        return (parts.length > 2 && parts[2].equals("instances"))
                ? there.test(path)
                : there.test("connectors/" + parts[1] + "/connector.yaml");
    }

    private static String draft(String path, String text, List<String> flows) {
        YamlPatch patch = YamlPatch.of(text).orElseThrow(() -> new MovingException(path + " in the bundle is no YAML"));
        patch.set(List.of("status"), Json.NODES.textNode("draft"));
        Node flow = new YamlReader().read(path, text, new Problems()).orElse(null);
        if (!(flow instanceof MapNode map && map.get("flow") instanceof ScalarNode id)) {
            throw new MovingException(path + " in the bundle says no flow");
        }
        flows.add(id.text());
        return patch.text();
    }
}
