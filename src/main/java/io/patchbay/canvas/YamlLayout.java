package io.patchbay.canvas;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where parts of a YAML file stand in its text, as positions of characters. */
final class YamlLayout {

    private final String text;
    private final boolean pairs;

    YamlLayout(String text) {
        this.text = text;
        this.pairs = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }

    /** Where the dash of an item stands; -1 when something else stands before it. */
    int dash(Node item) {
        int at = start(item) - 1;
        while (at >= 0 && text.charAt(at) == ' ') {
            at--;
        }
        return at >= 0 && text.charAt(at) == '-' ? at : -1;
    }

    /** Where the first letter of the line stands. */
    int ownLine(Node node) {
        return ownLine(start(node));
    }

    int ownLine(int at) {
        int first = lineStart(at);
        while (first < at && text.charAt(first) == ' ') {
            first++;
        }
        return first;
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        int found = end < 0 ? text.length() : end;
        return found > at && text.charAt(found - 1) == '\r' ? found - 1 : found;
    }

    /** Where a value ends: what the parser takes for the end of a block may be far behind it. */
    int valueEnd(Node node, Node owner) {
        if (node instanceof CollectionNode<?> && !flow(node)) {
            if (node instanceof MappingNode map) {
                NodeTuple last =
                        Collections.max(map.getValue(), Comparator.comparingInt(one -> end(one.getValueNode())));
                return valueEnd(last.getValueNode(), last.getKeyNode());
            }
            List<Node> items = ((SequenceNode) node).getValue();
            return valueEnd(items.get(items.size() - 1), node);
        }
        int end = end(node);
        boolean block = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        while (block && end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return Math.max(end, start(owner));
    }

    boolean flow(Node node) {
        return node instanceof CollectionNode<?> many && many.getFlowStyle() == FlowStyle.FLOW;
    }

    int start(Node node) {
        return offset(node.getStartMark().orElseThrow().getIndex());
    }

    int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn();
    }

    int end(Node node) {
        return offset(node.getEndMark().orElseThrow().getIndex());
    }

    /** The parser counts letters, of which some take two characters. */
    private int offset(int letters) {
        return pairs ? text.offsetByCodePoints(0, letters) : letters;
    }
}
