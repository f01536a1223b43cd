package io.patchbay.api;

import com.fasterxml.jackson.databind.cfg.EnumFeature;
import io.patchbay.run.RunHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the API speaks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
class ApiConfiguration implements WebMvcConfigurer {

    private final Preconditions preconditions;

    ApiConfiguration(EntityTags tags) {
        this.preconditions = new Preconditions(tags);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(preconditions);
    }

    /**
     * Instants are those of ISO 8601 alone. Spring's own reading takes numbers, too, as milliseconds: seconds would then lie in 1970, and a
     * bulk action hold for everything since. Nothing is no instant.
     */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, text -> Instant.parse(text.strip()));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters()).addPathPatterns("/api/v1/**");
        registry.addInterceptor(preconditions).addPathPatterns("/api/v1/**");
    }

    @Bean
    LogStreams logStreams(RunHistory history, Clock clock) {
        return new LogStreams(history, clock, Duration.ofSeconds(1));
    }

    /** Before the server waits for those who listen, which would not end. */
    @Bean
    ApplicationListener<ContextClosedEvent> endOfLogStreams(LogStreams streams) {
        return event -> streams.close();
    }

    /** Words in answers are in lower case, as in flow files. Static: the mapper is needed to make this. */
    @Bean
    static Jackson2ObjectMapperBuilderCustomizer lowerCaseWords() {
        return builder ->
                builder.postConfigurer(mapper -> mapper.configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true));
    }
}
