package io.patchbay.trial;

import io.patchbay.connector.Instance;
import io.patchbay.connector.definition.FixtureConfig;
import io.patchbay.connector.definition.FixtureConfig.ExchangeConfig;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.payload.Json;
import io.patchbay.shape.CallsEndpoint;
import io.patchbay.shape.EndpointUse;
import io.patchbay.shape.Step;
import io.patchbay.trial.TestConfig.AnswerConfig;
import io.patchbay.trial.TestConfig.AnswersConfig;
import io.patchbay.trial.TestConfig.CaseConfig;
import io.patchbay.trial.TestConfig.RequestConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the answers of a case: those that its file gives, and those that fixtures of connectors have recorded. */
final class Answering {

    private final Ground ground;
    private final TestFile file;
    private final CaseConfig config;

    Answering(Ground ground, TestFile file, CaseConfig config) {
        this.ground = ground;
        this.file = file;
        this.config = config;
    }

    /** By id of the shape that asks. @throws IOException when fixtures are wanted that are not there */
    Map<String, Replies> replies() throws IOException {
        Map<String, Replies> all = new LinkedHashMap<>();
        for (Map.Entry<String, AnswersConfig> one : file.answers(config).entrySet()) {
            AnswersConfig answers = one.getValue();
            if (!answers.yields().isEmpty()) {
                continue;
            }
            all.put(
                    one.getKey(),
                    new Replies(answers, answers.fixtures() == null ? List.of() : recorded(one.getKey(), answers)));
        }
        return all;
    }

    /** What is given as payloads, by id of the shape. */
    Map<String, Yields> yields() {
        Map<String, Yields> all = new LinkedHashMap<>();
        file.answers(config).forEach((shape, answers) -> {
            if (!answers.yields().isEmpty()) {
                all.put(shape, new Yields(answers.yields()));
            }
        });
        return all;
    }

    private List<AnswerConfig> recorded(String shape, AnswersConfig answers) throws IOException {
        EndpointUse called = file.flow()
                .allSteps()
                .filter(step -> step.id().equals(shape))
                .map(Step::settings)
                .filter(CallsEndpoint.class::isInstance)
                .map(settings -> ((CallsEndpoint) settings).use())
                .findFirst()
                .orElseThrow(() -> new IOException("shape '" + shape + "' calls no endpoint and has no fixtures"));
        Instance instance = ground.catalog().instance(called.instance());
        if (instance == null) {
            throw new IOException("there is no instance '" + called.instance() + "'");
        }
        Map<String, FixtureConfig> fixtures =
                new FixtureSuite(ground.home(), instance.connector(), Clock.systemUTC()).of(called.endpoint());
        String name = answers.fixtures() == null || answers.fixtures().isBoolean()
                ? null
                : answers.fixtures().asText();
        List<AnswerConfig> all = new ArrayList<>();
        fixtures.forEach((own, fixture) -> {
            if (name == null || name.equals(own)) {
                fixture.all().forEach(exchange -> all.add(answer(exchange, name == null && fixtures.size() > 1)));
            }
        });
        if (all.isEmpty()) {
            throw new IOException("connector '" + instance.connector().id() + "' has no fixture "
                    + (name == null ? "" : "'" + name + "' ") + "of endpoint '" + called.endpoint()
                    + "' that does not fail; it has " + fixtures.keySet());
        }
        return all;
    }

    /** @param chosen whether there are several fixtures, of which the one with this request is meant */
    private static AnswerConfig answer(ExchangeConfig exchange, boolean chosen) {
        FixtureConfig.ResponseConfig response = exchange.response();
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().forEach((name, value) -> headers.put(name, value.asText()));
        return new AnswerConfig(
                chosen ? request(exchange.request()) : null,
                response.status(),
                headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("Content-Type"))
                        ? headers
                        : with(headers, "Content-Type", "application/json"),
                response.body(),
                response.text(),
                response.base64(),
                null,
                null,
                1);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        headers.put(name, value);
        return headers;
    }

    private static @Nullable RequestConfig request(FixtureConfig.@Nullable RequestConfig recorded) {
        return recorded == null
                ? null
                : new RequestConfig(
                        recorded.method(),
                        null,
                        recorded.query().isEmpty() ? null : Map.copyOf(recorded.query()),
                        null,
                        null,
                        recorded.body() == null ? null : Json.MAPPER.valueToTree(recorded.body()));
    }
}
