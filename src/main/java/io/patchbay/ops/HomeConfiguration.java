package io.patchbay.ops;

import io.patchbay.home.Home;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the home folder for all rooms. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PatchbayProperties.class)
class HomeConfiguration {

    @Bean
    Home home(PatchbayProperties settings) {
        // Not bound as a Path: Spring would look for a relative one in the servlet container's folder.
        return new Home(Path.of(settings.home()));
    }
}
