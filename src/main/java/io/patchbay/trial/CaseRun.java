package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Names;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.TokenStore;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.flow.Flow;
import io.patchbay.notification.Notifier;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.queue.Start;
import io.patchbay.run.Runner;
import io.patchbay.script.Scripts;
import io.patchbay.secret.OpenSecrets;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.SecretProofs;
import io.patchbay.secret.Secrets;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.cache.AnswersInCaches;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.camel.CamelRoutes;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.shape.wait.Waits;
import io.patchbay.trial.TestConfig.CaseConfig;
import io.patchbay.trial.TestConfig.StartConfig;
import io.patchbay.trigger.Callback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.springframework.core.NestedExceptionUtils;

/** Runs one case: the flow on a bench, with all systems in this process. */
final class CaseRun {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String RUN = "00000000-0000-7000-8000-000000000001";
    private static final String SECRET = "a-secret-of-the-test";

    private final Ground ground;
    private final TestFile file;
    private final CaseConfig config;
    private final int index;
    private final Clock clock;
    private final Scripts scripts;
    private final List<String> faults = new ArrayList<>();

    /** @param scripts of connectors; shared by all cases */
    CaseRun(Ground ground, TestFile file, int index, Clock clock, Scripts scripts) {
        this.ground = ground;
        this.file = file;
        this.index = index;
        this.config = file.config().cases().get(index);
        this.scripts = scripts;
        Instant at = config.clock() != null ? config.clock() : file.config().clock();
        this.clock = at == null ? clock : Clock.fixed(at, ZoneOffset.UTC);
    }

    /**
     * Runs it.
     *
     * @param folder for its files; somebody else deletes it
     */
    CaseResult run(Path folder) {
        long began = System.nanoTime();
        ObjectNode found = Json.NODES.objectNode();
        try {
            found = found(folder);
        } catch (TimeoutException e) {
            faults.add("the run did not end within " + LONGEST.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            faults.add("the run was interrupted");
        } catch (ExecutionException e) {
            faults.add("the run broke: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        } catch (Exception e) {
            faults.add("the flow cannot be run: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        }
        Node expect = file.expected(index);
        List<Difference> differences =
                expect == null || found.isEmpty() ? List.of() : Expectation.differences(expect, found);
        return new CaseResult(
                file.file(),
                config.name(),
                index,
                differences,
                faults,
                found,
                Duration.ofNanos(System.nanoTime() - began));
    }

    private ObjectNode found(Path folder) throws Exception {
        Flow flow = file.flow();
        TrialClock time = new TrialClock(clock);
        TrialTimer timer = new TrialTimer(time);
        ExecutorService workers = Executors.newCachedThreadPool(Threads.named("patchbay-trial-"));
        Answering answering = new Answering(ground, file, config);
        Systems systems = new Systems(answering.replies(), answering.yields());
        try {
            Bench.Equipment equipment = new Bench.Equipment(
                    folder,
                    time,
                    timer,
                    workers,
                    Map.of(
                            ConnectorComponent.NAME,
                            connectors(folder, time, timer, workers, systems),
                            CamelSteps.NAME,
                            new CamelSteps(systems)),
                    text -> text,
                    name -> null,
                    new SecretProofs(secrets(folder), OpenSecrets.ALL, time));
            Surroundings around = ground.world().around(flow.id(), flow.variables());
            Effects effects = new Effects(systems);
            TrialWaits waits = new TrialWaits(systems, time);
            try (Bench bench = new Bench(flow, around, equipment, store -> services(store, effects, waits))) {
                Bench.Outcome outcome = bench.run(start(flow, time.instant()), answers(flow), LONGEST);
                faults.addAll(systems.missing());
                return CaseOutcome.of(outcome, systems.requests(), effects);
            }
        } finally {
            workers.shutdownNow();
            timer.shutdownNow();
        }
    }

    private Map<Class<?>, Object> services(ThrowAway store, Effects effects, TrialWaits waits) {
        return Map.of(
                Waits.class,
                waits,
                Catalog.class,
                ground.catalog(),
                FlowCalls.class,
                effects,
                Notifier.class,
                effects,
                CamelRoutes.class,
                CamelSteps.ROUTES,
                Caches.class,
                store.caches(),
                AnswerStore.class,
                new AnswersInCaches(store.caches()),
                Pools.class,
                store.pools(),
                Tracked.class,
                store.tracked());
    }

    private ConnectorComponent connectors(
            Path folder, Clock time, TrialTimer timer, ExecutorService workers, Systems systems) {
        return new ConnectorComponent(
                ground::catalog,
                new ConnectorServices(
                                secrets(folder),
                                time,
                                timer,
                                workers,
                                ground.home(),
                                folder.resolve("spill"),
                                new Connecting(TokenStore.NONE, "http://localhost:8080", SECRET),
                                Names.SYSTEM,
                                scripts)
                        .with(systems));
    }

    private Secrets secrets(Path folder) {
        return new Secrets(
                name -> name.startsWith(Secrets.PREFIX) ? secret(name.substring(Secrets.PREFIX.length())) : null,
                folder,
                reference -> Optional.of(SECRET),
                new Redactor());
    }

    private String secret(String name) {
        return file.config().secrets().getOrDefault(name, SECRET);
    }

    /** Whether somebody waits for the answer. */
    private boolean answers(Flow flow) {
        return config.start().at() == null
                && trigger(flow).equals("callback")
                && flow.triggers().stream().anyMatch(Callback.class::isInstance);
    }

    private String trigger(Flow flow) {
        String given = config.start().trigger();
        if (given != null) {
            return given;
        }
        return flow.triggers().isEmpty() ? "manual" : flow.triggers().get(0).kind();
    }

    private Start start(Flow flow, Instant now) throws IOException {
        StartConfig start = config.start();
        Map<String, String> meta = new LinkedHashMap<>(start.meta());
        for (Map.Entry<String, JsonNode> variable : start.variables().entrySet()) {
            meta.put(Runner.VARIABLE + variable.getKey(), variable.getValue().toString());
        }
        Body body = body(start);
        String at = start.at();
        return new Start(RUN, flow.id(), trigger(flow), flow.settings().priority(), now, body, meta, null, at);
    }

    private static Body body(StartConfig start) throws IOException {
        if (start.json() != null) {
            return new Body.Bytes(Json.MAPPER.writeValueAsBytes(start.json()), "application/json");
        }
        if (start.parameters() != null) {
            return new Body.Bytes(Json.MAPPER.writeValueAsBytes(start.parameters()), "application/json");
        }
        String type = start.contentType();
        if (start.text() != null) {
            return new Body.Bytes(start.text().getBytes(StandardCharsets.UTF_8), type == null ? "text/plain" : type);
        }
        return start.base64() == null
                ? Body.EMPTY
                : new Body.Bytes(Bytes.of(start.base64()), type == null ? "application/octet-stream" : type);
    }
}
