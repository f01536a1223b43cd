package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Request;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.trial.TestConfig.YieldConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes of the calls of one shape, given as payloads. */
final class Yields {

    private final Deque<YieldConfig> left;

    Yields(List<YieldConfig> all) {
        this.left = new ArrayDeque<>(all);
    }

    /** The next one; null when none is left. */
    private synchronized @Nullable YieldConfig next() {
        return left.poll();
    }

    private synchronized boolean over() {
        return left.isEmpty();
    }

    /**
     * What comes of one call.
     *
     * @param records where the endpoint has its records; null when it does not say
     * @throws StepException how it fails
     */
    Payload call(Request request, @Nullable RecordPath records) throws StepException {
        YieldConfig one = next();
        if (one == null) {
            throw new StepException(Owner.AUTHOR, "NO_TEST_ANSWER", "the test has no further payload for this call");
        }
        return payload(request.payload(), one, records);
    }

    /** What comes of a list. */
    Pull pull(Request request, Begin begin, @Nullable RecordPath records) {
        return new Listed(request, begin, records);
    }

    private static Payload payload(Payload asked, YieldConfig one, @Nullable RecordPath records) throws StepException {
        if (one.error() != null) {
            String message = one.message();
            throw new StepException(
                    Owner.REMOTE, one.error(), message == null ? "the test says " + one.error() : message);
        }
        JsonNode tree = one.body();
        if (tree != null) {
            return about(asked.withBody(new Body.Tree(tree), records == null ? RecordPath.of(tree) : records), one);
        }
        String type = one.contentType();
        if (one.base64() != null) {
            return about(content(asked, Bytes.of(one.base64()), type == null ? "application/octet-stream" : type), one);
        }
        String text = one.text();
        return about(
                text == null
                        ? asked.withBody(Body.EMPTY, RecordPath.ROOT)
                        : content(asked, text.getBytes(StandardCharsets.UTF_8), type == null ? "text/plain" : type),
                one);
    }

    private static Payload about(Payload payload, YieldConfig one) {
        Payload about = payload;
        for (Map.Entry<String, String> entry : one.meta().entrySet()) {
            about = about.withMeta(entry.getKey(), entry.getValue());
        }
        return about;
    }

    private static Payload content(Payload asked, byte[] bytes, String type) throws StepException {
        Payload payload = asked.withBody(new Body.Bytes(bytes, type), RecordPath.ROOT);
        return Json.isType(type) ? payload.parsed() : payload;
    }

    private final class Listed implements Pull {
        private final Request request;
        private final Begin begin;
        private final @Nullable RecordPath records;
        private long ordinal;
        private boolean over;

        Listed(Request request, Begin begin, @Nullable RecordPath records) {
            this.records = records;
            this.request = request;
            this.begin = begin;
            this.ordinal = begin.ordinal();
        }

        @Override
        public Element next() {
            YieldConfig one = over ? null : Yields.this.next();
            if (one == null
                    || (one.body() == null && one.text() == null && one.base64() == null && one.error() == null)) {
                over = true;
                return new End();
            }
            over = one.end() || one.error() != null || over();
            try {
                Payload page = payload(request.payload(), one, records);
                return new Page(page.withLineage(page.lineage().child(begin.shape(), ordinal++)), null);
            } catch (StepException e) {
                return new Failed(e);
            }
        }

        @Override
        public void close() {
            over = true;
        }
    }
}
