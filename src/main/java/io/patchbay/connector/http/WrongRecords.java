package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.http.ReplyReader.NotReadable;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows or lines of an answer that is read as a whole which cannot be read, where the others go on. */
final class WrongRecords {

    private final boolean skips;
    private final List<One> all = new ArrayList<>();

    /**
     * One of them.
     *
     * @param number among all records of the answer, from 1
     */
    record One(long number, String code, NotReadable why, FormatException thrown) {

        private StepException failure() {
            return new StepException(Owner.REMOTE, code, String.valueOf(why.getMessage()), thrown);
        }

        private FormatName format() {
            return code.equals("NOT_CSV") ? FormatName.CSV : FormatName.NDJSON;
        }
    }

    /**
     * Of one answer.
     *
     * @param skips whether the others go on; else the first one is the failure of all
     */
    WrongRecords(boolean skips) {
        this.skips = skips;
    }

    boolean skips() {
        return skips;
    }

    /** Those that were found, in order. */
    List<One> all() {
        return List.copyOf(all);
    }

    /** The records that can be read. @throws NotReadable where no other one can be read behind a wrong one, or none goes on */
    ArrayNode readable(Records records, String code) throws IOException {
        ArrayNode readable = Json.NODES.arrayNode();
        while (true) {
            try {
                JsonNode record = records.next();
                if (record == null) {
                    return readable;
                }
                readable.add(record);
            } catch (NotReadable e) {
                FormatException thrown = goingOn(e);
                if (!skips || thrown == null) {
                    throw e;
                }
                all.add(new One(readable.size() + all.size() + 1L, code, e, thrown));
            }
        }
    }

    private static @Nullable FormatException goingOn(NotReadable why) {
        return why.getCause() instanceof FormatException thrown
                        && thrown.goesOn()
                        && !thrown.found().isMissingNode()
                ? thrown
                : null;
    }

    /**
     * Tells what was left out of an answer.
     *
     * @param page made of it
     * @param broken is told, as if it had read the records itself
     * @param place of the answer among those of a list
     * @return the page
     */
    static Payload told(Reply reply, Payload page, BrokenRecords broken, String place) throws StepException {
        broken.begin();
        if (reply.wrong().isEmpty() || !(reply.body() instanceof Body.Tree read)) {
            return page;
        }
        RecordSource again = new Again(read.tree().iterator(), reply.wrong().iterator());
        JsonNode record;
        do {
            record = broken.next(again, page, place, () -> {});
        } while (record != null);
        return page;
    }

    /** The records of an answer in their order. */
    private static final class Again implements RecordSource {
        private final Iterator<JsonNode> readable;
        private final Iterator<One> wrong;
        private @Nullable One ahead;
        private FormatName format = FormatName.CSV;
        private long number;

        Again(Iterator<JsonNode> readable, Iterator<One> wrong) {
            this.readable = readable;
            this.wrong = wrong;
            this.ahead = wrong.next();
        }

        @Override
        public @Nullable JsonNode next() throws StepException {
            number++;
            One one = ahead;
            if (one != null && one.number() == number) {
                ahead = wrong.hasNext() ? wrong.next() : null;
                format = one.format();
                throw one.failure();
            }
            return readable.hasNext() ? readable.next() : null;
        }

        @Override
        public FormatName format() {
            return format;
        }

        @Override
        public void close() {}
    }
}
