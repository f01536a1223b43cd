package io.patchbay.connector;

import com.google.re2j.Pattern;
import io.patchbay.connector.ErrorRules.Rule;
import io.patchbay.connector.ErrorRules.Verdict;
import io.patchbay.connector.definition.ErrorHandlerConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.ErrorHandlerConfig.Match;
import io.patchbay.connector.definition.OwnErrorHandlerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles what answers mean. */
final class ErrorsCompiler {

    /** Five tries in all, doubling waits from a second to a minute, anywhere up to the wait. */
    static final ErrorRules DEFAULT = new ErrorRules(
            List.of(),
            new Backoff(
                    Backoff.Type.EXPONENTIAL,
                    Duration.ofSeconds(1),
                    2,
                    Duration.ofMinutes(1),
                    Backoff.Jitter.FULL,
                    "Retry-After",
                    5,
                    Duration.ofMinutes(30)),
            null);

    private final Compiling compiling;

    ErrorsCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    ErrorRules compile(@Nullable ErrorHandlerConfig config, ErrorRules otherwise, String... keys) {
        return config == null
                ? otherwise
                : new ErrorRules(rules(config.rules(), keys), config.backoff(), config.circuitBreaker());
    }

    /** What an instance says itself; null when it says nothing. */
    ErrorRules.@Nullable Own compile(@Nullable OwnErrorHandlerConfig config, String... keys) {
        return config == null
                ? null
                : new ErrorRules.Own(rules(config.rules(), keys), config.backoff(), config.circuitBreaker());
    }

    private List<Rule> rules(List<ErrorHandlerConfig.Rule> configs, String... keys) {
        List<Rule> rules = new ArrayList<>();
        for (ErrorHandlerConfig.Rule rule : configs) {
            Match match = rule.match();
            Map<String, Pattern> headers = new LinkedHashMap<>();
            match.header().forEach((name, regex) -> {
                Pattern pattern = compiling.regex(regex, keys);
                if (pattern != null) {
                    headers.put(name, pattern);
                }
            });
            rules.add(new Rule(
                    Set.copyOf(match.status()),
                    headers,
                    compiling.parsed(match.bodyPath(), Place::parse, Compiling.below(keys, "rules")),
                    compiling.regex(match.bodyRegex(), Compiling.below(keys, "rules")),
                    match.predicate(),
                    new Verdict(rule.action(), rule.failureType(), rule.message(), true)));
        }
        return rules;
    }
}
