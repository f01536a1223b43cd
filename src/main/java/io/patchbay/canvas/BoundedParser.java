package io.patchbay.canvas;

import io.patchbay.problem.Location;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Stops a file that is nested too deeply, or has too many nodes, while it is parsed: the composer behind it calls itself for
 * each level, and would end in a stack overflow.
 */
final class BoundedParser implements Parser {

    private final Parser parser;
    private final String file;
    private final YamlReader.Limits limits;
    private int depth;
    private int nodes;

    BoundedParser(Parser parser, String file, YamlReader.Limits limits) {
        this.parser = parser;
        this.file = file;
        this.limits = limits;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            default -> {}
        }
        if (event instanceof NodeEvent && ++nodes > limits.nodes()) {
            throw new RefusedException(
                    place(event), "TOO_MANY_NODES", "the file has more than " + limits.nodes() + " nodes");
        }
        if (depth > limits.depth() + 1) {
            throw new RefusedException(
                    place(event), "TOO_DEEP", "the file is nested deeper than " + limits.depth() + " levels");
        }
        return event;
    }

    private Location place(Event event) {
        return event.getStartMark()
                .map(mark -> new Location(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Location.of(file));
    }
}
