package io.patchbay.route.plain;

import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import java.util.Iterator;

/**
 * Writes a node of a flow file as a YAML text of its own (in YAML's flow style, which JSON is), every part on the line where
 * it stands in the file, so that the line numbers that Camel keeps are those of the flow file.
 */
final class PlacedText {

    private final StringBuilder text = new StringBuilder();
    private int line = 1;

    private PlacedText() {}

    /** A file with one route that begins at this endpoint and has these steps. */
    static String route(String from, Node steps) {
        PlacedText placed = new PlacedText();
        placed.text.append("[{\"from\": {\"uri\": \"").append(from).append("\", \"steps\": ");
        placed.node(steps);
        placed.text.append("}}]\n");
        return placed.text.toString();
    }

    private void node(Node node) {
        move(node.at().line());
        if (node instanceof MapNode map) {
            text.append('{');
            for (Iterator<Node.Entry> entries = map.entries().values().iterator(); entries.hasNext(); ) {
                Node.Entry entry = entries.next();
                move(entry.at().line());
                text.append(Literals.json(new Node.ScalarNode(entry.at(), entry.key(), entry.key(), true)))
                        .append(": ");
                node(entry.value());
                text.append(entries.hasNext() ? ", " : "");
            }
            text.append('}');
        } else if (node instanceof ListNode list) {
            text.append('[');
            for (Iterator<Node> items = list.items().iterator(); items.hasNext(); ) {
                node(items.next());
                text.append(items.hasNext() ? ", " : "");
            }
            text.append(']');
        } else {
            text.append(Literals.json(node));
        }
    }

    private void move(int to) {
        while (line < to) {
            text.append('\n');
            line++;
        }
    }
}
