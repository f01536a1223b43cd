package io.patchbay.run;

import io.patchbay.payload.Attempt;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The processors of a compiled route that are not a shape's own: they carry payloads between Camel's patterns. Camel's
 * aggregator is not used for buckets because a bucket spills to disk, keeps its order and is read more than once.
 */
public final class Nodes {

    private static final String BUCKET = "bucket-";
    private static final String WINDOW = "window-";
    private static final String FLIGHT = "flight-";

    private Nodes() {}

    /** Name of the exchange property that holds a bucket. */
    public static String bucketProperty(String bucket) {
        return BUCKET + bucket;
    }

    /** Name of the exchange property that holds the payload selected for a path. */
    public static String selectedProperty(int path) {
        return "selected-" + path;
    }

    /** A shape's work on one payload. */
    public static Processor perPayload(Plan.PayloadWork work) {
        return exchange -> exchange.getMessage().setBody(work.apply(payload(exchange), attempt(exchange)));
    }

    /** A shape's work on one payload that ends later. */
    public static Processor later(Plan.LaterWork work) {
        return async((exchange, callback) -> {
            try {
                work.begin(payload(exchange), attempt(exchange), new Plan.Then() {
                    @Override
                    public void goesOn(@Nullable Payload payload) {
                        exchange.getMessage().setBody(payload);
                        callback.done(false);
                    }

                    @Override
                    public void fails(StepException why) {
                        exchange.setException(why);
                        callback.done(false);
                    }
                });
            } catch (StepException | RuntimeException e) {
                exchange.setException(e);
                callback.done(false);
            }
        });
    }

    /** Opens the bucket of what reaches the end of a run whose caller waits. */
    public static Processor giving(String bucket) {
        return exchange -> exchange.setProperty(
                bucketProperty(bucket), Run.of(exchange).giving().bucket());
    }

    /**
     * Lets a payload pass after a pause. Camel's delayer and throttler hold the run's place in the queue and a thread or an
     * executor of their own; here a run that waits long gives its place away, and a stop ends the pause.
     */
    public static Processor pausing(Plan.PauseWork work) {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Attempt attempt = attempt(exchange);
                try {
                    Duration pause = work.pause(payload(exchange), attempt);
                    if (pause.compareTo(Duration.ZERO) > 0) {
                        attempt.after(pause, () -> {
                            if (attempt.cancelled()) {
                                exchange.setException(StepException.held("the run ended while it waited"));
                            }
                            callback.done(false);
                        });
                        return false;
                    }
                } catch (StepException e) {
                    exchange.setException(e);
                }
                callback.done(true);
                return true;
            }
        };
    }

    /** A shape's work that yields payloads. */
    public static Processor yielding(Plan.PullWork work) {
        return exchange -> exchange.getMessage().setBody(work.open(payload(exchange), attempt(exchange)));
    }

    /** A shape's work on all payloads. */
    public static Processor perBucket(Plan.BucketWork work) {
        return exchange -> work.apply(all(exchange), attempt(exchange));
    }

    /** A shape's work that makes other payloads of all payloads. */
    public static Processor collecting(Plan.CollectWork work) {
        return exchange -> exchange.getMessage()
                .setBody(work.open(all(exchange), payload(exchange).lineage(), attempt(exchange)));
    }

    /** Tests a payload against paths. What goes down a path has a lineage that tells the path: it is not what goes down another. */
    public static Processor selecting(Plan.Selector selector) {
        return exchange -> {
            Attempt attempt = attempt(exchange);
            List<@Nullable Payload> selected = selector.select(payload(exchange), attempt);
            for (int i = 0; i < selected.size(); i++) {
                Payload part = selected.get(i);
                exchange.setProperty(selectedProperty(i), part == null ? null : told(part, attempt.shape(), i));
            }
        };
    }

    /** Makes the answer for the caller and hands it over with what goes on behind it. */
    public static Processor answering(Plan.AnswerWork work, Answering answering) {
        return exchange -> {
            Iterable<Payload> bucket = all(exchange);
            Plan.Answer answer = work.answer(bucket, attempt(exchange));
            answering.answered(Run.of(exchange), bucket, answer);
        };
    }

    /** Takes an answer. */
    public interface Answering {
        /** Makes what goes on behind the answer durable, then answers the caller. */
        void answered(Run run, Iterable<Payload> bucket, Plan.Answer answer) throws StepException;
    }

    /** Name of the exchange property that is there while the payload goes round. */
    public static String roundProperty(String loop) {
        return "round-" + loop;
    }

    /**
     * Tests whether the payload goes round, which each round's lineage tells.
     *
     * @param first whether it is the test before the first round
     */
    public static Processor repeating(Plan.Again test, String loop, boolean first) {
        return exchange -> {
            String property = roundProperty(loop);
            Payload payload = payload(exchange);
            Going before = first ? null : exchange.getProperty(property, Going.class);
            Going now = before == null ? new Going(payload.lineage(), 0) : before;
            boolean again = test.again(payload, now.rounds(), attempt(exchange));
            exchange.setProperty(property, again ? now.next() : null);
            if (again) {
                int round = now.rounds() + 1;
                exchange.getMessage()
                        .setBody(payload.withLineage(now.lineage().child(loop, round))
                                .withMeta("round", String.valueOf(round)));
            }
        };
    }

    /** How often a payload went round, and what its lineage was before. */
    private record Going(Lineage lineage, int rounds) {
        Going next() {
            return new Going(lineage, rounds + 1);
        }
    }

    /** Lets everything pass: the place of a fan-out in counts and history. */
    public static Processor passing() {
        return exchange -> {};
    }

    /**
     * Around the splitter of a stream in which some payloads pass a shape at one time: what comes behind the stream waits for all of
     * them.
     *
     * @param collects whether payloads leave the stream for a bucket behind it, so that its pages are not yet over
     */
    public static AsyncProcessor streaming(
            AsyncProcessor split, String shape, int most, boolean ordered, boolean collects) {
        return async((exchange, callback) -> {
            Pages pages = !collects && exchange.getMessage().getBody() instanceof Pages all ? all : null;
            Window window = new Window(Run.of(exchange), most, ordered, pages);
            exchange.setProperty(WINDOW + shape, window);
            split.process(exchange, done -> window.close(() -> callback.done(false)));
        });
    }

    /** Around the shape and all that is behind it in the stream: done with a payload beside others. */
    public static AsyncProcessor beside(AsyncProcessor body, String shape) {
        return async((exchange, callback) ->
                Window.of(exchange, WINDOW + shape).enter(exchange, callback, body, FLIGHT + shape));
    }

    /** Behind the shape: payloads pass one by one again. */
    public static Processor gate(String shape) {
        return async((exchange, callback) -> Window.of(exchange, WINDOW + shape)
                .pass(exchange.getProperty(FLIGHT + shape, Window.Flight.class), () -> callback.done(false)));
    }

    /** Work that tells when it is done, on whichever thread. */
    interface Async {
        void process(Exchange exchange, AsyncCallback callback);
    }

    static AsyncProcessor async(Async work) {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                work.process(exchange, callback);
                return false;
            }
        };
    }

    /** Opens a bucket, or one that only counts; what is to see its payloads while they come is begun when they are too many for memory. */
    public static Processor open(String bucket, boolean tally, Plan.@Nullable Early early) {
        return exchange -> {
            Run run = Run.of(exchange);
            Bucket opened = tally ? Bucket.tally() : freed(exchange, run.held().bucket());
            if (early != null) {
                opened.followed(() ->
                        early.begin(run.services().spillFolder(), run.identity().queuedAt()));
            }
            exchange.setProperty(bucketProperty(bucket), opened);
        };
    }

    /** A bucket that is freed when the exchange that has it is done: under many payloads there is one for each of them. */
    private static Bucket freed(Exchange exchange, Bucket bucket) {
        Run run = Run.of(exchange);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                run.held().release(bucket);
                bucket.close();
            }
        });
        return bucket;
    }

    /** Puts what goes on into a bucket; at the end of a fan-out's path the lineage tells the path. */
    public static Processor collect(String bucket, @Nullable String fan, int path) {
        return exchange -> {
            Bucket into = exchange.getProperty(bucketProperty(bucket), Bucket.class);
            Object body = exchange.getMessage().getBody();
            if (body instanceof Payload payload) {
                into.add(told(payload, fan, path));
            } else if (body instanceof Bucket all && !into.counts(all)) {
                all.forEach(payload -> into.add(told(payload, fan, path)));
            }
        };
    }

    /**
     * Puts what came out of the paths of a fan into one bucket: for each payload that went in, in order, what each path made of
     * it. Paths keep the order of payloads, so one look at the head of each is enough.
     */
    public static Processor merge(List<String> parts, String bucket) {
        return exchange -> {
            List<Bucket> from = parts.stream()
                    .map(part -> exchange.getProperty(bucketProperty(part), Bucket.class))
                    .toList();
            merge(Run.of(exchange), from, all(exchange), exchange.getProperty(bucketProperty(bucket), Bucket.class));
        };
    }

    private static Payload told(Payload payload, @Nullable String fan, int path) {
        return fan == null ? payload : payload.withLineage(payload.lineage().child(fan, path));
    }

    /** Puts the payloads selected for paths into the paths' buckets. */
    public static Processor distribute(List<String> buckets) {
        return exchange -> {
            for (int i = 0; i < buckets.size(); i++) {
                Payload selected = exchange.getProperty(selectedProperty(i), Payload.class);
                if (selected != null) {
                    exchange.getProperty(bucketProperty(buckets.get(i)), Bucket.class)
                            .add(selected);
                }
            }
        };
    }

    /** Failures behind this belong to a path of a branch that goes on. */
    public static Processor enterPath() {
        return exchange -> exchange.setProperty(
                FailureScope.PROPERTY,
                new FailureScope(exchange.getProperty(FailureScope.PROPERTY, FailureScope.class)));
    }

    /**
     * Failures behind this belong to a try.
     *
     * @param shapes ids of the shapes in it, in the order in which they are written
     */
    public static Processor enterTry(String shape, boolean wholeRun, List<String> shapes) {
        return exchange -> {
            Run run = Run.of(exchange);
            FailureScope outer = exchange.getProperty(FailureScope.PROPERTY, FailureScope.class);
            exchange.setProperty(
                    FailureScope.PROPERTY,
                    run.scope(
                            key(exchange, shape, wholeRun), () -> new FailureScope(outer, run.held()::bucket, shapes)));
        };
    }

    /**
     * What failed in a try goes on, if anything did.
     *
     * @param byPayload whether it goes on payload by payload, and not shape by shape
     */
    public static Processor caught(String shape, boolean wholeRun, boolean byPayload, Plan.Guard.Outcome outcome) {
        return exchange -> {
            Run run = Run.of(exchange);
            String key = key(exchange, shape, wholeRun);
            FailureScope scope = run.scope(key, () -> new FailureScope(null));
            run.leaveScope(key);
            List<Bucket> failed = scope.failed();
            if (failed.isEmpty()) {
                StepProcessor.end(exchange);
                return;
            }
            run.endsAtBest(atBest(outcome));
            failed.forEach(bucket -> freed(exchange, bucket));
            exchange.getMessage().setBody(freed(exchange, merged(run, failed, byPayload ? all(exchange) : List.of())));
        };
    }

    /** How a run ends at best of which a try caught something. */
    public static RunStatus atBest(Plan.Guard.Outcome outcome) {
        return switch (outcome) {
            case PARTIAL -> RunStatus.PARTIAL;
            case SUCCEED -> RunStatus.SUCCEEDED;
            case FAIL -> RunStatus.FAILED;
        };
    }

    private static Bucket merged(Run run, List<Bucket> parts, Iterable<Payload> input) {
        return parts.size() == 1
                ? parts.get(0)
                : merge(run, parts, input, run.held().bucket());
    }

    private static Bucket merge(Run run, List<Bucket> parts, Iterable<Payload> input, Bucket into) {
        new Merging(parts.stream().map(Bucket::iterator).toList()).into(into, input);
        for (Bucket part : parts) {
            part.close();
            run.held().release(part);
        }
        return into;
    }

    /** A try under many payloads has a scope per payload, or one for the run where its catch comes behind the stream. */
    private static String key(Exchange exchange, String shape, boolean wholeRun) {
        return !wholeRun && exchange.getMessage().getBody() instanceof Payload payload
                ? shape + "|" + payload.lineage().text()
                : shape;
    }

    /**
     * Behind a splitter or multicast nothing of its parts is kept; a page whose parts are all terminal is delivered. What broke
     * outside of a step, like a bucket on a full disk, fails the run.
     */
    public static AggregationStrategy ending(boolean collects) {
        return new AggregationStrategy() {
            @Override
            public @Nullable Exchange aggregate(@Nullable Exchange before, Exchange part) {
                return null;
            }

            @Override
            public @Nullable Exchange aggregate(@Nullable Exchange before, Exchange part, Exchange whole) {
                Exception broke = part.getException();
                if (broke != null) {
                    // No step was there to own it, and Camel would go on with the next part as if nothing had happened.
                    Run.of(whole).breaks(broke);
                } else if (whole.getMessage().getBody() instanceof Pages pages) {
                    if (collects) {
                        pages.passed();
                    } else {
                        pages.delivered(part.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class));
                    }
                }
                return null;
            }
        };
    }

    static Payload payload(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof Payload payload
                ? payload
                : Payload.empty(io.patchbay.payload.Lineage.ofRun(
                        Run.of(exchange).identity().id()));
    }

    private static Iterable<Payload> all(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Bucket bucket) {
            return bucket;
        }
        return body instanceof Payload payload ? List.of(payload) : List.of();
    }

    static Attempt attempt(Exchange exchange) {
        return exchange.getProperty(Attempt.PROPERTY, Attempt.class);
    }
}
