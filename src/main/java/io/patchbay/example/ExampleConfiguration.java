package io.patchbay.example;

import io.patchbay.home.Home;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Brings the example's systems up before the first flow runs and down after the last one. */
@Configuration(proxyBeanMethods = false)
@Profile("example")
@EnableConfigurationProperties(ExampleProperties.class)
public class ExampleConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    ExampleSystems exampleSystems(ExampleProperties settings, Home home) {
        return new ExampleSystems(settings, home.data(), Clock.systemUTC());
    }
}
