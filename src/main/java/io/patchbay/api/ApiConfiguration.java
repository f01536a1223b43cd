package io.patchbay.api;

import com.fasterxml.jackson.databind.cfg.EnumFeature;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the API speaks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
class ApiConfiguration {

    /** Words in answers are in lower case, as in flow files. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer lowerCaseWords() {
        return builder ->
                builder.postConfigurer(mapper -> mapper.configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true));
    }
}
