package io.patchbay.payload;

/**
 * A request and its answer with what went over the wire, without secrets.
 *
 * @param log how it went
 * @param sent what was sent
 * @param received what was answered, after decompression
 */
public record WireLog(RequestLog log, Part sent, Part received) {

    /**
     * A body.
     *
     * @param content its beginning, empty for none
     * @param cut whether the end of it is missing
     */
    public record Part(Body.Bytes content, boolean cut) {}

    /**
     * What somebody wants to see of requests and answers.
     *
     * @param most bytes of each body; 0 when no bodies are wanted
     * @param failedOnly whether only those of requests that failed are
     */
    public record Wanted(int most, boolean failedOnly) {

        /** No bodies. */
        public static final Wanted NONE = new Wanted(0, false);

        /** Whether any are wanted. */
        public boolean any() {
            return most > 0;
        }

        /** Whether those of this request are wanted. */
        public boolean of(RequestLog log) {
            return any() && !(failedOnly && log.error() == null);
        }
    }

    /** Whether the end of one of the bodies is missing. */
    public boolean cut() {
        return sent.cut() || received.cut();
    }

    /** How much is kept of both bodies. */
    public long bytes() {
        return (long) sent.content().bytes().length + received.content().bytes().length;
    }
}
