package io.patchbay.api;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The API with its login, over a real port, and without an engine behind it. No component: the whole program must not find it. */
@ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
})
@ComponentScan(
        basePackages = {"io.patchbay.api", "io.patchbay.ops"},
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @ComponentScan.Filter(
                    type = FilterType.REGEX,
                    pattern = "io\\.patchbay\\.(ops\\.(health|metrics)\\..*|api\\.BodiesConfiguration)")
        })
public class ApiProgram {

    public static final String TOKEN = "right-token-0123456789";

    @Bean
    FakeFlows flows() {
        return new FakeFlows();
    }

    @Bean
    FakeHistory history() {
        return new FakeHistory();
    }

    @Bean
    FakeCursors cursors() {
        return new FakeCursors();
    }

    @Bean
    FakeStarts starts() {
        return new FakeStarts();
    }

    @Bean
    MemoryBodies bodies() {
        return new MemoryBodies();
    }
}
