package io.patchbay.trial.dry;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.connector.StandIn;
import io.patchbay.connector.definition.FixtureConfig;
import io.patchbay.connector.definition.FixtureConfig.ExchangeConfig;
import io.patchbay.connector.fixture.FixtureSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers that systems gave before, as the fixtures of connectors have them. */
final class Samples {

    private final Supplier<Catalog> catalog;
    private final Path home;
    private final Clock clock;
    private final Map<String, Sample> known = new ConcurrentHashMap<>();

    Samples(Supplier<Catalog> catalog, Path home, Clock clock) {
        this.catalog = catalog;
        this.home = home;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param told where it comes from
     */
    record Sample(StandIn.Answer answer, String told) {

        static final Sample EMPTY =
                new Sample(new StandIn.Answer(200, Map.of(), new byte[0]), "200 without content: there is no fixture");
    }

    /**
     * What an endpoint answers.
     *
     * @param method of the request; empty for what is no HTTP
     */
    Sample of(String instance, String endpoint, String method) {
        return known.computeIfAbsent(instance + "\n" + endpoint + "\n" + method, any -> {
            Instance found = catalog.get().instance(instance);
            Sample recorded = found == null ? null : recorded(found, endpoint, method);
            return recorded == null ? Sample.EMPTY : recorded;
        });
    }

    private @Nullable Sample recorded(Instance instance, String endpoint, String method) {
        try {
            for (Map.Entry<String, FixtureConfig> fixture : new FixtureSuite(home, instance.connector(), clock)
                    .of(endpoint)
                    .entrySet()) {
                for (ExchangeConfig exchange : fixture.getValue().all()) {
                    FixtureConfig.RequestConfig request = exchange.request();
                    int status = exchange.response().status();
                    boolean same = request == null
                            || method.isEmpty()
                            || request.method().equals(method);
                    if (same && status >= 200 && status < 300) {
                        return new Sample(
                                answer(exchange.response()), status + " of the fixture '" + fixture.getKey() + "'");
                    }
                }
            }
        } catch (IOException e) {
            // As if there were none: the answer says so.
        }
        return null;
    }

    private static StandIn.Answer answer(FixtureConfig.ResponseConfig response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        response.headers().forEach((name, value) -> headers.put(name, value.asText()));
        return new StandIn.Answer(response.status(), headers, body(response));
    }

    private static byte[] body(FixtureConfig.ResponseConfig response) {
        if (response.base64() != null) {
            return FixtureConfig.ResponseConfig.bytes(response.base64());
        }
        String text = response.text() != null
                ? response.text()
                : response.body() == null ? "" : response.body().toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
