package io.patchbay.run.jdbc;

import io.patchbay.queue.Acknowledgements;
import io.patchbay.queue.StartLists;
import io.patchbay.run.CallResults;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.Cursors;
import io.patchbay.run.KeptCaches;
import io.patchbay.run.KnownLists;
import io.patchbay.run.ReplayJobs;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunListener;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.runtime.OfferedService;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.cache.AnswersInCaches;
import io.patchbay.shape.cache.Caches;
import io.patchbay.store.Store;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens checkpoints and history on the store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
public class RunStoreConfiguration {

    @Bean(destroyMethod = "close")
    JdbcRuns jdbcRuns(
            Store store,
            Acknowledgements queue,
            StartLists starts,
            HistoryProperties bounds,
            CapturedSegments.Outside outside,
            Clock clock) {
        return new JdbcRuns(store, queue, starts, bounds, outside, clock);
    }

    @Bean
    Checkpoints checkpoints(JdbcRuns runs) {
        return runs.checkpoints();
    }

    @Bean
    CallResults callResults(JdbcRuns runs) {
        return runs.results();
    }

    @Bean
    Cursors cursors(JdbcRuns runs) {
        return runs.cursors();
    }

    @Bean
    KnownLists knownLists(JdbcRuns runs) {
        return runs.knownLists();
    }

    @Bean
    OfferedService offeredCaches(JdbcRuns runs) {
        return new OfferedService(Caches.class, runs.caches());
    }

    @Bean
    OfferedService offeredAnswers(JdbcRuns runs) {
        return new OfferedService(AnswerStore.class, new AnswersInCaches(runs.caches()));
    }

    @Bean
    KeptCaches keptCaches(JdbcRuns runs) {
        return runs.caches().kept();
    }

    @Bean
    RunListener cachesOfEndedRuns(JdbcRuns runs) {
        return runs.freeing();
    }

    @Bean
    ReplayJobs replayJobs(Store store) {
        return new JdbcReplayJobs(store);
    }

    @Bean
    JdbcWaits waits(Store store) {
        return new JdbcWaits(store);
    }

    @Bean
    RunHistory runHistory(JdbcRuns runs) {
        return runs.history();
    }
}
