package io.patchbay.runtime;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.mail.MailFolder;
import io.patchbay.payload.StepException;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.store.Store;
import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.MailArrival;
import io.patchbay.trigger.file.FileArrivals;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts by file arrival, over the connections that flows use. */
@Configuration(proxyBeanMethods = false)
class FileArrivalConfiguration {

    /** Camel is asked for the component at each look, because it starts it with its first use. */
    @Bean(destroyMethod = "close")
    FileArrivals fileArrivals(CamelContext camel, QueuedStarts starts, RunHistory history, Store store, Clock clock) {
        return new FileArrivals(new FileArrivals.Parts(
                what -> folder(what, camel.getComponent(ConnectorComponent.NAME, ConnectorComponent.class)),
                starts,
                new StoredContent(store),
                run -> history.run(run).map(FileArrivalConfiguration::outcome).orElse(Outcome.UNKNOWN),
                store.database().dataSource(),
                store.folder().node(),
                clock));
    }

    private static Folder folder(Arrival what, ConnectorComponent component) throws StepException {
        return what instanceof MailArrival mail
                ? component.mails(
                        mail.instance(),
                        new MailFolder.Taken(
                                mail.unseen(),
                                mail.as() == MailArrival.As.RAW,
                                mail.maxSize().toBytes()))
                : component.folder(what.instance());
    }

    private static Outcome outcome(RunRecord run) {
        return switch (run.status()) {
            case QUEUED, RUNNING -> Outcome.GOING;
            case SUCCEEDED -> Outcome.SUCCEEDED;
            case PARTIAL, FAILED, STOPPED -> Outcome.FAILED;
        };
    }
}
