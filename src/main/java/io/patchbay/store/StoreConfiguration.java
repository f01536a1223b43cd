package io.patchbay.store;

import io.patchbay.home.Home;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Opens the store before anything that writes to it, and closes it last. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
public class StoreConfiguration {

    @Bean(destroyMethod = "close")
    Store store(StoreProperties settings, Home home, Clock clock) {
        try {
            return Store.open(settings, home.data(), clock);
        } catch (IOException | SQLException e) {
            throw new StoreCannotOpenException(
                    "the store of " + home.data() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** For parts of Spring that want one. It cannot be closed: whoever sees that it can would do so, and the store closes it. */
    @Bean
    DataSource dataSource(Store store) {
        return new DelegatingDataSource(store.database().dataSource());
    }
}
