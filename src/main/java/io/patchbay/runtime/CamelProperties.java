package io.patchbay.runtime;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What plain Camel routes ({@code *.camel.yaml} files and {@code camel} shapes) may use. Whoever may write a route may do with
 * these what the program may.
 *
 * @param components schemes of endpoint URIs. A further one is given with those that are here
 * @param languages languages of expressions. One that calls Java or runs scripts (bean, groovy, ...) takes the finer bounds off
 * @param drain how long a route that goes is waited for, 0s to 5m
 */
@ConfigurationProperties("patchbay.camel")
public record CamelProperties(
        @DefaultValue({"connector", "direct", "log", "quartz", "scheduler", "seda", "timer"})
        Set<String> components,

        @DefaultValue({
            "constant",
            "exchangeProperty",
            "header",
            "jsonpath",
            "simple",
            "tokenize",
            "variable",
            "xtokenize"
        })
        Set<String> languages,

        @DefaultValue("10s") Duration drain) {

    public CamelProperties {
        components = Set.copyOf(components);
        languages = Set.copyOf(languages);
        if (drain.isNegative() || drain.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("patchbay.camel.drain must be 0s to 5m, got " + drain);
        }
    }
}
