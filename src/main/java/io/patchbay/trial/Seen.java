package io.patchbay.trial;

import io.patchbay.run.Entrance;
import io.patchbay.run.Entrances;
import io.patchbay.run.Run;
import io.patchbay.run.RunRules;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Entrances that show each run when it has passed its route. */
final class Seen implements Entrances {

    private final Entrances entrances;
    private final Consumer<Run> passed;

    Seen(Entrances entrances, Consumer<Run> passed) {
        this.entrances = entrances;
        this.passed = passed;
    }

    @Override
    public Optional<Entrance> enter(String flow, @Nullable String revision) {
        return entrances.enter(flow, revision).map(Watched::new);
    }

    private final class Watched implements Entrance {
        private final Entrance entrance;

        Watched(Entrance entrance) {
            this.entrance = entrance;
        }

        @Override
        public String flow() {
            return entrance.flow();
        }

        @Override
        public String revision() {
            return entrance.revision();
        }

        @Override
        public RunRules rules() {
            return entrance.rules();
        }

        @Override
        public CamelContext context() {
            return entrance.context();
        }

        @Override
        public AsyncProcessor at(@Nullable String entry) {
            AsyncProcessor route = entrance.at(entry);
            return new AsyncProcessorSupport() {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    Run run = exchange.getProperty(Run.PROPERTY, Run.class);
                    return route.process(exchange, sync -> {
                        passed.accept(run);
                        callback.done(sync);
                    });
                }
            };
        }

        @Override
        public boolean waits(String shape) {
            return entrance.waits(shape);
        }

        @Override
        public void enter() {
            entrance.enter();
        }

        @Override
        public void leave() {
            entrance.leave();
        }
    }
}
