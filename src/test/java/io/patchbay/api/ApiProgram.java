package io.patchbay.api;

import io.patchbay.blueprint.Catalogues;
import io.patchbay.blueprint.EditedHome;
import io.patchbay.blueprint.Installer;
import io.patchbay.blueprint.Trial;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.connector.contract.Contracts;
import io.patchbay.expression.LookupTable;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.home.Home;
import io.patchbay.notification.GroupNotifier;
import io.patchbay.notification.HookSender;
import io.patchbay.notification.MailProperties;
import io.patchbay.notification.NoMailer;
import io.patchbay.notification.NotificationProperties;
import io.patchbay.notification.Notifier;
import io.patchbay.ops.audit.AuditLog;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.AccessProperties;
import io.patchbay.ops.security.LocalUsers;
import io.patchbay.outbound.Outbound;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.route.Flows;
import io.patchbay.route.MapPreviews;
import io.patchbay.route.Tables;
import io.patchbay.run.KeptCaches;
import io.patchbay.run.MemoryReplayJobs;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.secret.KeyRotation;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Seal;
import io.patchbay.secret.Secrets;
import io.patchbay.service.Services;
import io.patchbay.service.report.Resync;
import io.patchbay.service.report.ServiceReport;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import io.patchbay.trigger.event.AsideMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
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

    private static final String MAPPED = """
        flow: mapped
        shapes:
          - id: map
            map:
              fields:
                - { to: no, from: id }
                - { to: total, from: total, then: [ number ] }
        """;

    /** Folder of messages that lie aside. */
    static final Path ASIDE = Path.of("target", "api-aside");

    /** Home of blueprints. */
    static final Path BLUEPRINTS = Path.of("target", "api-blueprints").toAbsolutePath();

    @Bean
    FakeFlows flows() {
        return new FakeFlows();
    }

    @Bean
    FakeVersions versions(FakeFlows flows) {
        return new FakeVersions(flows);
    }

    @Bean
    FakeEnvironments environments() {
        return new FakeEnvironments();
    }

    /** One of three rows. */
    @Bean
    Tables tables() {
        LookupTable carriers = new LookupTable(
                List.of("country", "carrier"),
                List.of(
                        new LookupTable.Row(2, List.of("DE", "DHL")),
                        new LookupTable.Row(3, List.of("FR", "Colissimo")),
                        new LookupTable.Row(4, List.of("PL", "InPost"))));
        return () -> Map.of("carriers", carriers);
    }

    /** Without a mail server. */
    @Bean
    Notifier notifier() {
        NotificationProperties.GroupProperties ops = new NotificationProperties.GroupProperties(
                List.of("ops@example.com"),
                List.of(),
                List.of("${secret.OPS_SLACK}", "https://slack.example.com/x"),
                List.of());
        NotificationProperties settings = new NotificationProperties(Map.of("ops", ops), 1000, List.of());
        HookSender hooks = new HookSender(name -> Optional.empty(), List.of(), address -> false, Outbound.STRAIGHT);
        MailProperties mail = new MailProperties(null, 587, null, null, null, true, Map.of());
        return new GroupNotifier(settings, mail, new NoMailer(), hooks, Clock.systemUTC());
    }

    /** In front of one flow with one map. */
    @Bean
    MapPreviews mapPreviews() {
        FlowReader.World world =
                (flow, variables) -> new Surroundings(flow, Clock.systemUTC(), variables, Map.of(), Map.of());
        Optional<Flow> mapped = new FlowReader(Shapes.all())
                .read("mapped.flow.yaml", MAPPED, world)
                .value();
        return new MapPreviews(new MapPreviews.Deployed() {
            @Override
            public Optional<Flow> flow(String id) {
                return mapped.filter(flow -> flow.id().equals(id));
            }

            @Override
            public FlowReader.World world() {
                return world;
            }
        });
    }

    /** On a home of its own; nothing is checked there and no test runs. */
    @Bean
    Installer installer() throws Exception {
        return new Installer(
                new Home(Files.createDirectories(BLUEPRINTS)),
                List.of(),
                Clock.systemUTC(),
                (home, tested) -> new Trial.Found(List.of(), 1, List.of()),
                new Catalogues.Access(name -> Optional.empty(), () -> Outbound.STRAIGHT),
                Map::of);
    }

    /** The same home; a file that says WRONG has an error. */
    @Bean
    EditedHome editedHome() throws Exception {
        return new EditedHome(Files.createDirectories(BLUEPRINTS), (home, tested) -> {
            Problems problems = new Problems();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (Files.readString(file).contains("WRONG")) {
                        problems.error(new Location(home.relativize(file).toString(), 1, 1), "WRONG", "it is wrong");
                    }
                }
            }
            return new Trial.Found(problems.list(), 0, List.of());
        });
    }

    @Bean
    FakeDryRuns dryRuns() {
        return new FakeDryRuns();
    }

    @Bean
    FakeCounts counts() {
        return new FakeCounts();
    }

    @Bean
    FakeHistory history() {
        return new FakeHistory();
    }

    @Bean
    java.time.Clock clock() {
        return java.time.Clock.systemUTC();
    }

    @Bean
    MemoryReplayJobs replayJobs() {
        return new MemoryReplayJobs();
    }

    @Bean
    FakeCursors cursors() {
        return new FakeCursors();
    }

    @Bean
    FakeKnownLists knownLists() {
        return new FakeKnownLists();
    }

    @Bean
    FakeTracked tracked() {
        return new FakeTracked();
    }

    @Bean
    FakePauses pauses() {
        return new FakePauses();
    }

    @Bean
    FakeWaits waits() {
        return new FakeWaits();
    }

    @Bean
    FakeAlerts alerts() {
        return new FakeAlerts();
    }

    @Bean
    FakeMutes mutes() {
        return new FakeMutes();
    }

    @Bean
    FakePools pools() {
        return new FakePools();
    }

    /** Caches on a database of their own. */
    @Bean
    RunCaches caches() throws Exception {
        return RunCaches.in(Files.createTempDirectory("api-caches"));
    }

    @Bean
    KeptCaches keptCaches(RunCaches caches) {
        return caches.caches().kept();
    }

    @Bean
    Services services() {
        return new Services();
    }

    @Bean
    ServiceReport serviceReport(RunCaches caches) {
        return new ServiceReport(caches.store());
    }

    @Bean
    Resync resync(ServiceReport report, FakeFlows flows) {
        return new Resync(report, id -> flows.replay(id, new Flows.Replay(null, true, null)));
    }

    @Bean
    FakeCallers callers() {
        return new FakeCallers();
    }

    /** On the same database as the caches. */
    @Bean
    AccessKeys accessKeys(RunCaches caches) {
        return new AccessKeys(caches.store(), Clock.systemUTC());
    }

    @Bean
    LocalUsers localUsers(RunCaches caches, AccessProperties settings) {
        Seal seal = Seal.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", new SecureRandom());
        return new LocalUsers(caches.store(), Clock.systemUTC(), seal, settings);
    }

    @Bean
    AuditLog auditLog(RunCaches caches) {
        return new AuditLog(caches.store(), Clock.systemUTC(), java.time.Duration.ofDays(400));
    }

    @Bean
    AsideMessages aside() {
        return new AsideMessages(ASIDE);
    }

    @Bean
    FakeInstances instances() {
        return new FakeInstances();
    }

    @Bean
    KeyRotation keyRotation() {
        String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        return new KeyRotation(Seal.of(key, new SecureRandom()), List.of());
    }

    @Bean
    FakeStarts starts() {
        return new FakeStarts();
    }

    @Bean
    MemoryBodies bodies() {
        return new MemoryBodies();
    }

    @Bean
    Redactor redactor() {
        return new Redactor();
    }

    /** Without any instance. */
    @Bean
    ConnectorComponent component(Redactor redactor) {
        DefaultCamelContext context = new DefaultCamelContext();
        ConnectorComponent component = new ConnectorComponent(
                () -> Catalog.EMPTY,
                new ConnectorServices(
                        new Secrets(name -> null, Path.of("none"), name -> Optional.empty(), redactor),
                        Clock.systemUTC(),
                        Executors.newScheduledThreadPool(1),
                        Executors.newCachedThreadPool(),
                        Path.of("none"),
                        Path.of("none")));
        context.addComponent(ConnectorComponent.NAME, component);
        return component;
    }

    @Bean
    InstanceCalls calls(ConnectorComponent component) {
        return new InstanceCalls(component);
    }

    @Bean
    Contracts contracts(InstanceCalls calls) {
        JdbcDataSource nothing = new JdbcDataSource();
        nothing.setURL("jdbc:h2:mem:contracts");
        return new Contracts(calls::catalog, () -> calls, nothing, Clock.systemUTC());
    }

    @Bean
    InstanceConnect connect(ConnectorComponent component) {
        return new InstanceConnect(component);
    }
}
