package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.format.Alone;
import io.patchbay.format.FormatException;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.stream.Stream;

/** Records that are read one by one, as payloads of so many, and of no more bytes than that. One that is broken goes aside, where the run goes on without it. */
final class Chunks implements Pull {

    private final Records records;
    private final Source source;
    private final Source.Opened in;
    private final Payload parent;
    private final String shape;
    private final Asides asides;
    private ArrayNode some = Json.NODES.arrayNode();
    private SourceRecords numbers = new SourceRecords();
    private long bytes;
    private final Cuts cuts;
    private long first;
    private boolean ended;

    /**
     * Records of what came in.
     *
     * @param before lineages that something is known of, where the run is taken up again
     */
    Chunks(Records records, Source source, Source.Opened in, Stream<String> before) {
        this.records = records;
        this.source = source;
        this.in = in;
        this.shape = source.shape();
        this.parent = Alone.forgotten(in.raw(), shape);
        this.asides = Asides.ofPull(parent, shape, source.skips());
        this.cuts = new Cuts(parent.lineage(), shape, source.settings().mostRecords(), before);
    }

    @Override
    public Element next() {
        try {
            int most = cuts.most(first);
            long mostBytes =
                    cuts.isKnown(first) ? Long.MAX_VALUE : source.settings().mostBytes();
            while (!ended && some.size() < most && bytes < mostBytes) {
                asides.count();
                JsonNode next = records.next();
                if (next == null) {
                    close();
                } else {
                    some.add(next);
                    numbers.add(asides.number());
                    bytes += Json.bytes(next);
                }
            }
        } catch (FormatException e) {
            return aside(e);
        } catch (IOException e) {
            return failed(source.broken(e, in));
        }
        if (some.isEmpty()) {
            return new End();
        }
        Payload page = numbers.in(parent.withBody(new Body.Tree(some), RecordPath.ROOT_LIST))
                .withLineage(cuts.lineage(first, some.size(), ended));
        first += some.size();
        some = Json.NODES.arrayNode();
        numbers = new SourceRecords();
        bytes = 0;
        return new Page(page, null);
    }

    private Element aside(FormatException thrown) {
        StepException why = source.broken(thrown, in);
        try {
            if (thrown.rest() != null) {
                Payload rest = asides.restAlone(thrown, in.name(), why);
                close();
                return new Aside(rest, why);
            }
            return new Aside(asides.brokenAlone(thrown, in.name(), why), why);
        } catch (StepException e) {
            return failed(e);
        }
    }

    private Failed failed(StepException why) {
        close();
        return new Failed(why);
    }

    @Override
    public void close() {
        ended = true;
        try {
            records.close();
        } catch (IOException e) {
            // what was read of it is whole
        }
    }
}
