package io.patchbay.ops.console;

import io.hawt.springboot.HawtioPlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells Hawtio of our pages, which are built from {@code src/main/console} and lie among its own files, behind the same login:
 * {@code hawtio-static/static/patchbay} on the class path is {@code /hawtio/static/patchbay}. Paths that do not begin with {@code static}
 * Hawtio takes for pages.
 */
@Configuration(proxyBeanMethods = false)
class ConsolePluginConfiguration {

    @Bean
    HawtioPlugin patchbayPages() {
        return new HawtioPlugin("patchbay", "./plugin", "static/patchbay");
    }
}
