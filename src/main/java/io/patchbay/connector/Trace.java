package io.patchbay.connector;

import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.WireLog;
import java.util.Map;

/** What a call tells about itself, and how it can be ended from outside. */
public interface Trace {

    /** For calls that nobody follows. */
    Trace NONE = new Trace() {
        @Override
        public boolean wanted() {
            return false;
        }

        @Override
        public void request(RequestLog request) {}

        @Override
        public void warn(String text) {}

        @Override
        public void onCancel(Runnable close) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** Id of the run that the call belongs to; empty when it belongs to none. */
    default String run() {
        return "";
    }

    /** Id of the shape that calls; empty for none. */
    default String shape() {
        return "";
    }

    /** Whether requests are recorded at all. */
    boolean wanted();

    /** What a request to an instance tells it of the trace that the call belongs to; empty when it is to hear nothing. */
    default Map<String, String> headers(String instance) {
        return Map.of();
    }

    /** Records a request and its answer. */
    void request(RequestLog request);

    /** What is wanted of the bodies of requests and answers. */
    default WireLog.Wanted bodies() {
        return WireLog.Wanted.NONE;
    }

    /**
     * Records a request and its answer whose bodies are wanted.
     *
     * @param request the last one, when redirects were followed
     * @param exchange the first one with the answer to the last one
     */
    default void request(RequestLog request, WireLog exchange) {
        request(request);
    }

    /** Adds a warning to the run's log. */
    void warn(String text);

    /**
     * Takes a record of the one answer of a call that cannot be read.
     *
     * @param index among those that go aside of the answer, from 0
     */
    default void aside(Pull.Aside one, int index) {
        // Nobody asks for calls that go on without them.
    }

    /** Adds what ends the call from outside. */
    void onCancel(Runnable close);

    /** Whether the call was given up. */
    boolean cancelled();

    /** The trace of an attempt. */
    static Trace of(Attempt attempt) {
        return new Trace() {
            @Override
            public String run() {
                return attempt.runId();
            }

            @Override
            public String shape() {
                return attempt.shape();
            }

            @Override
            public boolean wanted() {
                return true;
            }

            @Override
            public Map<String, String> headers(String instance) {
                return attempt.traceHeaders(instance);
            }

            @Override
            public void request(RequestLog request) {
                attempt.request(request);
            }

            @Override
            public WireLog.Wanted bodies() {
                return attempt.bodies();
            }

            @Override
            public void request(RequestLog request, WireLog exchange) {
                attempt.request(request, exchange);
            }

            @Override
            public void warn(String text) {
                attempt.log(LogLevel.WARN, text);
            }

            @Override
            public void aside(Pull.Aside one, int index) {
                // It is none of the records that were sent, which are numbered from 0.
                attempt.failPart(one.payload(), -1 - index, one.why());
            }

            @Override
            public void onCancel(Runnable close) {
                attempt.onCancel(close);
            }

            @Override
            public boolean cancelled() {
                return attempt.cancelled();
            }
        };
    }
}
