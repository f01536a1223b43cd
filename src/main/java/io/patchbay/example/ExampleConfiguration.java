package io.patchbay.example;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
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
    ExampleSystems exampleSystems(ExampleProperties settings, @Value("${patchbay.home:.}") Path home) {
        return new ExampleSystems(settings, home.resolve("data"), Clock.systemUTC());
    }
}
