package io.patchbay.canvas;

import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema: {@code NO} is text, numbers with leading zeros are text) into {@link Node}s. Refused, each
 * with its place: syntax errors, tags, merge keys, keys that are not text, duplicate keys, aliases that loop or expand
 * beyond the bound, and files beyond the size or depth bound.
 */
public final class YamlReader {

    private static final Pattern LEADING_ZEROS = Pattern.compile("[-+]?0[0-9]+");

    private final Limits limits;

    /** Reads within the default limits. */
    public YamlReader() {
        this(Limits.DEFAULT);
    }

    /** Reads within the given limits. */
    public YamlReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * What a file may cost.
     *
     * @param characters longest file
     * @param nodes most nodes after aliases are expanded
     * @param depth deepest nesting
     */
    public record Limits(int characters, int nodes, int depth) {
        /** 4 million characters, 200,000 nodes, 60 levels. */
        public static final Limits DEFAULT = new Limits(4_000_000, 200_000, 60);
    }

    /**
     * Reads one document.
     *
     * @param file the path used in problems
     * @param text the file's text
     * @param problems gets what is wrong; when it gets an error from here, the answer is empty
     */
    public Optional<Node> read(String file, String text, Problems problems) {
        if (text.length() > limits.characters()) {
            problems.error(
                    Location.of(file),
                    "FILE_TOO_LARGE",
                    "the file has " + text.length() + " characters, more than " + limits.characters());
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema() {
                    @Override
                    public ScalarResolver getScalarResolver() {
                        return new CoreScalarResolver(false); // merge keys are no part of YAML 1.2
                    }
                })
                .setAllowDuplicateKeys(true) // reported below with the place of each double
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(limits.nodes())
                .setCodePointLimit(limits.characters())
                .build();
        try {
            Optional<org.snakeyaml.engine.v2.nodes.Node> root = compose(file, text, settings);
            if (root.isEmpty()) {
                problems.error(new Location(file, 1, 1), "EMPTY_FILE", "the file is empty");
                return Optional.empty();
            }
            long before = problems.errors();
            Node node = new Walk(file, text, problems).node(root.get(), 0);
            return problems.errors() > before ? Optional.empty() : Optional.of(node);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> opened = e.getContextMark().filter(mark -> endless(e));
            Location at =
                    opened.or(e::getProblemMark).map(mark -> at(file, mark)).orElse(Location.of(file));
            problems.error(
                    at,
                    "BAD_YAML",
                    opened.isPresent()
                            ? "this is not YAML: what begins here is never closed"
                            : "this is not YAML: " + problem(e),
                    opened.isPresent() ? "put the closing quote or bracket where it ends" : hintFor(e, text));
        } catch (RefusedException e) {
            problems.error(e.at(), e.code(), String.valueOf(e.getMessage()));
        } catch (YamlEngineException e) {
            problems.error(Location.of(file), "BAD_YAML", "this is not YAML: " + oneLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<org.snakeyaml.engine.v2.nodes.Node> compose(String file, String text, LoadSettings settings) {
        ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
        return new Composer(settings, new BoundedParser(parser, file, limits)).getSingleNode();
    }

    private static String problem(MarkedYamlEngineException e) {
        String problem = oneLine(e.getProblem());
        return problem.contains("<stream end>") ? "the file ends before all that was opened is closed" : problem;
    }

    /** Whether the file ended within quotes or brackets. */
    private static boolean endless(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        String context = String.valueOf(e.getContext());
        boolean end = problem.contains("unexpected end of stream") || problem.contains("<stream end>");
        return end
                && (context.contains("quoted scalar")
                        || context.contains("flow mapping")
                        || context.contains("flow sequence"));
    }

    private static @Nullable String hintFor(MarkedYamlEngineException e, String text) {
        boolean placeholder = e.getProblemMark()
                .map(mark -> mark.getIndex() > 0
                        && mark.getIndex() <= text.length()
                        && text.charAt(mark.getIndex() - 1) == '$')
                .orElse(false);
        if (placeholder) {
            return "quote it: put a value that contains ${...} in double quotes";
        }
        return String.valueOf(e.getProblem()).startsWith("expected ',' or")
                ? "put a value that contains a comma, a colon or a bracket in double quotes"
                : "look at this line and the one before: indent by blanks, put a blank after each ':', close quotes and brackets";
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }

    private static int[] lineStarts(String text) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    private static Location at(String file, Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private final class Walk {
        private final String file;
        private final String source;
        private final int[] lines;
        private final CodePoints columns;
        private final Problems problems;
        private final Set<org.snakeyaml.engine.v2.nodes.Node> open = new HashSet<>();
        private int seen;

        Walk(String file, String source, Problems problems) {
            this.file = file;
            this.source = source;
            this.lines = lineStarts(source);
            this.columns = new CodePoints(source);
            this.problems = problems;
        }

        /** Where the characters of a scalar stand; the parser's columns count code points. */
        private Origin origin(org.snakeyaml.engine.v2.nodes.ScalarNode node, Location at) {
            return node.getStartMark()
                    .filter(mark -> mark.getLine() < lines.length)
                    .map(mark -> Origin.of(at, source, columns.offset(lines[mark.getLine()], mark.getColumn())))
                    .orElseGet(() -> Origin.unknown(at));
        }

        private Location place(org.snakeyaml.engine.v2.nodes.Node node) {
            return node.getStartMark().map(mark -> at(file, mark)).orElse(Location.of(file));
        }

        Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
            Location at = place(node);
            if (++seen > limits.nodes()) {
                throw new RefusedException(
                        at, "TOO_MANY_NODES", "the file expands to more than " + limits.nodes() + " nodes");
            }
            if (depth > limits.depth()) {
                throw new RefusedException(
                        at, "TOO_DEEP", "the file is nested deeper than " + limits.depth() + " levels");
            }
            if (node instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar) {
                return scalar(scalar, at);
            }
            if (!open.add(node)) {
                throw new RefusedException(at, "ALIAS_LOOP", "an alias leads back into the node that holds it");
            }
            Node result =
                    node instanceof SequenceNode list ? list(list, at, depth) : map((MappingNode) node, at, depth);
            open.remove(node);
            return result;
        }

        private ListNode list(SequenceNode list, Location at, int depth) {
            refuseTag(list.getTag(), Tag.SEQ, at);
            List<Node> items = new ArrayList<>();
            for (org.snakeyaml.engine.v2.nodes.Node item : list.getValue()) {
                items.add(node(item, depth + 1));
            }
            return new ListNode(at, items);
        }

        private MapNode map(MappingNode map, Location at, int depth) {
            refuseTag(map.getTag(), Tag.MAP, at);
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (NodeTuple tuple : map.getValue()) {
                Location keyAt = place(tuple.getKeyNode());
                if (!(tuple.getKeyNode() instanceof org.snakeyaml.engine.v2.nodes.ScalarNode key)) {
                    problems.error(
                            keyAt,
                            "KEY_NOT_TEXT",
                            "a key must be text",
                            "if a value begins with ${, put it in double quotes");
                    continue;
                }
                String name = key.getValue();
                if (name.equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                    problems.error(keyAt, "MERGE_KEY", "merge keys are not taken", "write the keys out");
                    continue;
                }
                if (entries.containsKey(name)) {
                    problems.error(
                            keyAt,
                            "DUPLICATE_KEY",
                            "key '" + name + "' stands twice in this mapping",
                            "the first is at line " + entries.get(name).at().line());
                    continue;
                }
                entries.put(name, new Entry(keyAt, name, node(tuple.getValueNode(), depth + 1)));
            }
            return new MapNode(at, entries);
        }

        private ScalarNode scalar(org.snakeyaml.engine.v2.nodes.ScalarNode scalar, Location at) {
            String text = scalar.getValue();
            Tag tag = scalar.getTag();
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            Origin origin = origin(scalar, at);
            if (tag.equals(Tag.STR)) {
                return new ScalarNode(at, text, text, quoted, origin);
            }
            if (tag.equals(Tag.NULL)) {
                return new ScalarNode(at, null, text, quoted, origin);
            }
            if (tag.equals(Tag.BOOL)) {
                return new ScalarNode(at, Boolean.valueOf(text), text, quoted, origin);
            }
            if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
                return number(text, at, quoted, origin);
            }
            refuseTag(tag, Tag.STR, at);
            return new ScalarNode(at, text, text, quoted, origin);
        }

        private ScalarNode number(String text, Location at, boolean quoted, Origin origin) {
            if (LEADING_ZEROS.matcher(text).matches()) {
                problems.warning(
                        at,
                        "LEADING_ZEROS",
                        "'" + text + "' has leading zeros and is taken as text",
                        "put it in quotes to say so");
                return new ScalarNode(at, text, text, quoted, origin);
            }
            try {
                BigDecimal number = new BigDecimal(text);
                boolean whole = number.scale() == 0 && number.precision() <= 18 && text.indexOf('.') < 0;
                return whole
                        ? new ScalarNode(at, number.longValueExact(), text, quoted)
                        : new ScalarNode(at, number, text, quoted, origin);
            } catch (NumberFormatException e) {
                return new ScalarNode(at, text, text, quoted, origin); // 0x1F, 0o17, .inf: no JSON number, so text
            }
        }

        private void refuseTag(Tag tag, Tag expected, Location at) {
            if (!tag.equals(expected)) {
                problems.error(
                        at,
                        "TAG_REFUSED",
                        "tag '" + tag.getValue() + "' is not allowed",
                        "write the value without a tag");
            }
        }
    }
}
