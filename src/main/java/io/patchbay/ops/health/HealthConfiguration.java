package io.patchbay.ops.health;

import io.patchbay.problem.Problem;
import io.patchbay.queue.StartLists;
import io.patchbay.route.Flows;
import io.patchbay.store.Store;
import io.patchbay.trigger.subscription.Subscriptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is told about the runtime's health. Ready ({@code management.endpoint.health.group.readiness}) is a runtime whose
 * store answers, whose queue takes starts and whose first generation of files was taken; what is wrong with files is told
 * and changes nothing.
 */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    private static final int ANSWER_SECONDS = 2;

    @Bean
    CompositeHealthContributor flowsHealthContributor(Flows flows) {
        return new FlowsHealth(flows);
    }

    @Bean
    HealthIndicator problemsHealthIndicator(Flows flows) {
        return () -> {
            List<Problem> problems = flows.problems();
            long errors = problems.stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .count();
            return Health.up()
                    .withDetail("errors", errors)
                    .withDetail("warnings", problems.size() - errors)
                    .withDetail("first", FlowsHealth.texts(problems))
                    .build();
        };
    }

    @Bean
    HealthIndicator generationHealthIndicator(Flows flows) {
        return () -> (flows.generation() > 0 ? Health.up() : Health.outOfService())
                .withDetail("generation", flows.generation())
                .build();
    }

    @Bean
    HealthIndicator storeHealthIndicator(Store store) {
        return () -> {
            try (Connection connection = store.database().dataSource().getConnection()) {
                return (connection.isValid(ANSWER_SECONDS) ? Health.up() : Health.down()).build();
            } catch (SQLException e) {
                // Its message may hold the address and the user of the database.
                return Health.down()
                        .withDetail("error", "the database does not answer")
                        .build();
            }
        };
    }

    @Bean
    HealthIndicator quarantineHealthIndicator(StartLists starts) {
        return new QuarantineHealth(starts);
    }

    @Bean
    HealthIndicator subscriptionsHealthIndicator(Subscriptions subscriptions) {
        return new SubscriptionsHealth(subscriptions::states);
    }

    @Bean
    HealthIndicator queueHealthIndicator(Store store) {
        return () -> store.disk().refusing()
                ? Health.outOfService()
                        .withDetail("reason", store.disk().reason())
                        .build()
                : Health.up().build();
    }
}
