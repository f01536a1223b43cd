package io.patchbay.runtime;

import io.patchbay.home.Home;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.FlowEnvironments;
import io.patchbay.route.FlowVersions;
import io.patchbay.route.RevisionTexts;
import io.patchbay.runtime.AccessStoreConfiguration.Hourly;
import io.patchbay.secret.Secrets;
import io.patchbay.service.Services;
import io.patchbay.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Versions of flows: kept, held, swept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VersionsProperties.class)
class VersionsConfiguration {

    @Bean
    RevisionTexts revisionTexts(Store store, Clock clock) {
        return new JdbcRevisionTexts(store, clock);
    }

    @Bean
    KeptHolds keptHolds(Store store) {
        return new KeptHolds(store);
    }

    @Bean
    FoldersTaken foldersTaken(Home home, Generations generations, FlowScripts scripts, Services services) {
        return new FoldersTaken(
                List.of(home.root()), new FolderFiles(List.of(home.root()), scripts.scripts(), services), generations);
    }

    @Bean
    FlowVersions flowVersions(
            FlowDeployer deployer,
            RevisionTexts texts,
            KeptHolds holds,
            FoldersTaken folders,
            Generations generations,
            Store store,
            Clock clock) {
        FlowVersions.Surrounding around =
                new FlowVersions.Surrounding(folders::look, generations::takeAgain, new VersionRows(store)::lastRun);
        return new FlowVersions(deployer, texts, holds, around, clock);
    }

    @Bean
    FlowEnvironments flowEnvironments(
            FlowDeployer deployer,
            FlowVersions versions,
            RevisionTexts texts,
            FoldersTaken folders,
            Secrets secrets,
            Clock clock) {
        FlowEnvironments.Parts parts = new FlowEnvironments.Parts(
                folders::environments, folders::look, new InstanceCredentials(deployer, secrets), clock);
        return new FlowEnvironments(deployer, versions, texts, parts);
    }

    /** What other replicas hold and let go. */
    @Bean(destroyMethod = "close")
    StorePoll holdsPoll(
            Store store,
            KeptHolds holds,
            Generations generations,
            ScheduledExecutorService runTimer,
            ExecutorService runWorkers) {
        Runnable look = () -> {
            if (holds.look()) {
                generations.takeAgain();
            }
        };
        return StorePoll.of(store, "held versions", look, runTimer, runWorkers);
    }

    /** Deletes versions that nobody needs any more, once an hour. */
    @Bean(destroyMethod = "stop")
    Hourly versionsSweep(
            Store store,
            VersionsProperties settings,
            ScheduledExecutorService runTimer,
            ExecutorService runWorkers,
            Clock clock) {
        VersionRows rows = new VersionRows(store);
        long most = settings.mostBytes().toBytes();
        return new Hourly("versions", () -> rows.sweep(settings.keep(), most, clock.instant()), runTimer, runWorkers);
    }
}
