package io.patchbay.route;

import java.util.ArrayList;
import java.util.List;

/** A flow as a tree of shapes, for tests that make up flows: how it is written, without saying what it does. */
sealed interface FlowTree {

    /** Sends each record; fails, for good, at the record with this number. */
    record Send(String id, int failsAt, boolean skip) implements FlowTree {}

    /** Cuts a page into records. */
    record Singles(String id) implements FlowTree {}

    /** Cuts a payload into batches. */
    record Cut(String id, int size) implements FlowTree {}

    /** Yields pages of records for each payload. */
    record Numbers(String id, int pages, int size) implements FlowTree {}

    /** Keeps the records below a number. */
    record Keep(String id, int below) implements FlowTree {}

    /** Works once, when everything has come. */
    record Once(String id) implements FlowTree {}

    /** Sets the variable {@code v} to the number of the payload's first record. */
    record Mark(String id) implements FlowTree {}

    /** Shows what the variable {@code v} is, once per payload. */
    record Tell(String id) implements FlowTree {}

    /** Divides records over paths: those below a number, the others, and perhaps a path that takes all. */
    record Route(String id, boolean first, int below, boolean all, List<List<FlowTree>> paths) implements FlowTree {
        boolean otherwise() {
            return !all;
        }
    }

    /** All payloads down each path. */
    record Branch(String id, boolean goesOn, List<List<FlowTree>> paths) implements FlowTree {}

    /** Failures of the first list go to the second. */
    record Try(String id, List<FlowTree> tried, List<FlowTree> caught) implements FlowTree {}

    /** The shape's id. */
    String id();

    /** The lists that it holds. */
    default List<List<FlowTree>> lists() {
        if (this instanceof Route route) {
            return route.paths();
        }
        if (this instanceof Branch branch) {
            return branch.paths();
        }
        return this instanceof Try both ? List.of(both.tried(), both.caught()) : List.of();
    }

    /** The flow's text. */
    static String text(List<FlowTree> shapes, String settings) {
        return "settings: " + settings + "\nvariables: { v: -1 }\nshapes:" + list(shapes, "  ");
    }

    private static String list(List<FlowTree> shapes, String indent) {
        if (shapes.isEmpty()) {
            return " []\n";
        }
        StringBuilder text = new StringBuilder("\n");
        for (FlowTree shape : shapes) {
            text.append(indent).append("- id: ").append(shape.id()).append('\n');
            text.append(indent).append("  ").append(shape.body(indent + "    "));
        }
        return text.toString();
    }

    private String body(String indent) {
        if (this instanceof Send send) {
            return "send: { failsAt: " + send.failsAt() + " }\n"
                    + (send.skip() ? indent.substring(2) + "onError: skip\n" : "");
        }
        if (this instanceof Singles) {
            return "singles: {}\n";
        }
        if (this instanceof Cut cut) {
            return "flowControl: { size: " + cut.size() + " }\n";
        }
        if (this instanceof Numbers numbers) {
            return "numbers: { pages: " + numbers.pages() + ", size: " + numbers.size() + " }\n";
        }
        if (this instanceof Keep keep) {
            return "filter: { keep: { field: n, as: number, below: " + keep.below() + " } }\n";
        }
        if (this instanceof Once) {
            return "once: {}\n";
        }
        if (this instanceof Mark) {
            return "mark: {}\n";
        }
        if (this instanceof Tell) {
            return "tell: {}\n";
        }
        if (this instanceof Try both) {
            return "try:\n" + indent + "shapes:" + list(both.tried(), indent + "  ") + indent + "catch:"
                    + list(both.caught(), indent + "  ");
        }
        return this instanceof Branch branch ? branch(branch, indent) : route((Route) this, indent);
    }

    private static String branch(Branch branch, String indent) {
        return "branch:\n" + indent + "onFailure: " + (branch.goesOn() ? "continue" : "stop") + "\n" + indent
                + "paths:\n" + paths(branch.paths(), List.of(), indent);
    }

    private static String route(Route route, String indent) {
        List<String> conditions = new ArrayList<>();
        conditions.add("when: { field: n, as: number, below: " + route.below() + " }");
        conditions.add(route.otherwise() ? "otherwise: true" : "");
        return "route:\n" + indent + "match: " + (route.first() ? "first" : "all") + "\n" + indent + "paths:\n"
                + paths(route.paths(), conditions, indent);
    }

    private static String paths(List<List<FlowTree>> paths, List<String> conditions, String indent) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            text.append(indent).append("  - name: p").append(i).append('\n');
            if (i < conditions.size() && !conditions.get(i).isEmpty()) {
                text.append(indent).append("    ").append(conditions.get(i)).append('\n');
            }
            text.append(indent).append("    shapes:").append(list(paths.get(i), indent + "      "));
        }
        return text.toString();
    }
}
