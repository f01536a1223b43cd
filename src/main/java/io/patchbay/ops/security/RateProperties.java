package io.patchbay.ops.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the API may be called, counted by each replica.
 *
 * @param calls most calls in a minute by one key, by one user, and with the administrator's token; more are answered 429, 60 to 1000000
 * @param strangers most calls in a minute from one address that prove nothing or the wrong thing, and as many
 *     steps of logins at an OpenID provider; more are answered 429, 10 to 1000000
 */
@ConfigurationProperties("patchbay.rate")
public record RateProperties(
        @DefaultValue("6000") int calls,
        @DefaultValue("300") int strangers) {

    private static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException if a bound is out of its own */
    public RateProperties {
        check("calls", calls, 60);
        check("strangers", strangers, 10);
    }

    private static void check(String name, int value, int fewest) {
        if (value < fewest || value > MOST) {
            throw new IllegalArgumentException(
                    "patchbay.rate." + name + " must be " + fewest + " to " + MOST + ", got " + value);
        }
    }
}
