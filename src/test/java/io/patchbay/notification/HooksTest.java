package io.patchbay.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest {

    private static final Notice NOTICE = new Notice(
            "m-1",
            Instant.parse("2026-03-01T10:00:00Z"),
            "Patchbay: flow orders fails",
            "<!channel> said [here](https://evil.example) & more",
            "https://patchbay.example/api/v1/runs/r-1",
            Map.of("kind", "failed_runs"));

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsADocumentWithWhatProgramsWantToKnow() throws Exception {
        send(Channel.WEBHOOK, address());

        JsonNode document = document();
        assertThat(document.path("id").asText()).isEqualTo("m-1");
        assertThat(document.path("kind").asText()).isEqualTo("failed_runs");
        assertThat(document.path("at").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(document.path("link").asText()).isEqualTo("https://patchbay.example/api/v1/runs/r-1");
    }

    @Test
    void whatASystemSaidIsNoMarkupInSlack() throws Exception {
        send(Channel.SLACK, address());

        JsonNode message = document();
        assertThat(message.at("/blocks/1/text/type").asText()).isEqualTo("plain_text");
        assertThat(message.at("/blocks/1/text/text").asText()).isEqualTo(NOTICE.text());
        assertThat(message.path("text").asText()).isEqualTo("Patchbay: flow orders fails");
        assertThat(message.at("/blocks/2/text/text").asText())
                .isEqualTo("<https://patchbay.example/api/v1/runs/r-1|Open in Patchbay>");
    }

    @Test
    void whatASystemSaidIsNoMarkupInTeams() throws Exception {
        send(Channel.TEAMS, address());

        JsonNode card = document().at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.at("/body/1/type").asText()).isEqualTo("RichTextBlock");
        assertThat(card.at("/body/1/inlines/0/text").asText()).isEqualTo(NOTICE.text());
        assertThat(card.at("/body/0/inlines/0/weight").asText()).isEqualTo("Bolder");
        assertThat(card.at("/actions/0/url").asText()).isEqualTo(NOTICE.link());
    }

    @Test
    void anAddressMayBeASecret() throws Exception {
        send(Channel.WEBHOOK, "${secret.OPS_HOOK}");

        assertThat(received.get(0)).startsWith("/T0/s3cret ");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        StepException failure = failure("${secret.NOT_THERE}", List.of("127.0.0.1"));

        assertThat(failure.code()).isEqualTo("NO_SECRET");
        assertThat(failure.getMessage()).isEqualTo("webhook 1 of group ops: there is no secret 'NOT_THERE'");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 429, 500})
    void anAnswerThatIsNoSuccessIsAFailureAndShowsNoAddress(int answer) {
        status = answer;

        StepException failure = failure("${secret.OPS_HOOK}", List.of("127.0.0.1"));

        assertThat(failure.code()).isEqualTo("HTTP_" + answer);
        assertThat(failure.retryable()).isEqualTo(answer == 429 || answer == 500);
        assertThat(failure.getMessage()).doesNotContain("s3cret").doesNotContain("127.0.0.1");
        assertThat(received).hasSize(1);
    }

    @Test
    void aPrivateAddressIsNotCalledUnlessItsHostIsListed() {
        String secure = "https://localhost:" + server.getAddress().getPort() + "/s3cret";

        StepException failure = failure(secure, List.of());

        assertThat(failure.code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(failure.getMessage())
                .contains("patchbay.notifications.allowed-hosts")
                .doesNotContain("s3cret");
        assertThat(received).isEmpty();
    }

    @Test
    void numbersThatAProxyMayReadAsAnotherAddressAreToldAsSuchWithoutThem() throws Exception {
        OutboundProperties settings = new OutboundProperties(
                new ProxyProperties("http://127.0.0.1:" + server.getAddress().getPort(), null, null, List.of()), null);
        try (HookSender sender = new HookSender(
                name -> Optional.empty(),
                List.of(),
                InetAddress::isLoopbackAddress,
                Outbound.of(settings, Path.of("")))) {
            StepException failure = catchThrowableOfType(
                    StepException.class,
                    () -> sender.post(
                            "https://012.0.0.1/s3cret",
                            Json.NODES.objectNode(),
                            new Target(Channel.WEBHOOK, "ops", 1)));

            assertThat(failure.code()).isEqualTo("HOST_NOT_ALLOWED");
            assertThat(failure.getMessage())
                    .contains("numbers that the proxy may read as another address")
                    .doesNotContain("s3cret")
                    .doesNotContain("012.0.0.1");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void nothingIsSentInTheClearUnlessTheHostIsListed() {
        assertThat(failure("http://hooks.example/s3cret", List.of()).code()).isEqualTo("NOT_ENCRYPTED");
    }

    @Test
    void aServerThatDoesNotAnswerIsTriedAgain() {
        server.stop(0);

        StepException failure = failure("${secret.OPS_HOOK}", List.of("127.0.0.1"));

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.getMessage()).doesNotContain("s3cret").doesNotContain("127.0.0.1");
    }

    @Test
    void settingsAreCheckedAndNotShown() {
        assertThatThrownBy(() -> settings(List.of("ftp://x/s3cret")))
                .hasMessageContaining("patchbay.notifications.groups.ops.webhook[0]")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> settings(List.of("${os.HOOK}"))).hasMessageContaining("webhook[0]");
        assertThatCode(() -> settings(List.of("${secret['hashicorp:ops/slack#url']}", "https://x/${secret.TOKEN}")))
                .doesNotThrowAnyException();
        assertThat(settings(List.of("https://x/s3cret")).toString()).doesNotContain("s3cret");
    }

    @Test
    void eachPlaceIsToldOnceAndOldGroupsStay() {
        NotificationProperties settings = new NotificationProperties(
                Map.of(
                        "ops",
                        new NotificationProperties.GroupProperties(
                                List.of("a@example.org"), List.of("https://x/1"), List.of(), List.of()),
                        "devs",
                        new NotificationProperties.GroupProperties(
                                List.of("a@example.org"), List.of("https://x/1", "https://x/2"), List.of(), List.of())),
                1_000,
                List.of());
        MailProperties mail = new MailProperties(
                null, 587, null, null, null, true, Map.of("old", List.of("b@example.org"), "ops", List.of("c@x.org")));
        Notifier notifier = new GroupNotifier(settings, mail, new NoMailer(), sender(List.of()), Clock.systemUTC());

        assertThat(notifier.groups()).containsExactlyInAnyOrder("ops", "devs", "old");
        assertThat(notifier.targets(List.of("ops", "devs", "old", "d@example.org", "gone")))
                .extracting(Target::text)
                .containsExactly("mail:ops#1", "webhook:ops#1", "webhook:devs#2", "mail:old#1", "mail:d@example.org#1");
        assertThat(Target.parse("webhook:devs#2")).contains(new Target(Channel.WEBHOOK, "devs", 2));
    }

    @Test
    void oneMailGoesToAllAndToEachAddressOnce() throws Exception {
        List<Mail> sent = new ArrayList<>();
        Mailer mailer = new Mailer() {
            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public void send(Mail mail) {
                sent.add(mail);
            }
        };
        Map<String, List<String>> groups =
                Map.of("ops", List.of("a@example.org", "b@example.org"), "devs", List.of("b@example.org", "c@x.org"));
        Notifier notifier = new GroupNotifier(
                new NotificationProperties(Map.of(), 1_000, List.of()),
                new MailProperties(null, 587, null, null, null, true, groups),
                mailer,
                sender(List.of()),
                Clock.systemUTC());

        notifier.mail(notifier.targets(List.of("ops", "devs")), NOTICE);

        assertThat(sent)
                .singleElement()
                .satisfies(mail -> assertThat(mail.to()).containsExactly("a@example.org", "b@example.org", "c@x.org"));
    }

    @Test
    void aFlowHasSoManyMessagesAnHour() {
        SettableClock clock = new SettableClock();
        Allowance allowance = new Allowance(2, clock);

        assertThat(List.of(allowance.take("a"), allowance.take("a"), allowance.take("a"), allowance.take("b")))
                .containsExactly(true, true, false, true);
        clock.forward(Duration.ofMinutes(59));
        assertThat(allowance.take("a")).isFalse();
        clock.forward(Duration.ofMinutes(1));
        assertThat(allowance.take("a")).isTrue();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/T0/s3cret";
    }

    private HookSender sender(List<String> allowed) {
        return new HookSender(
                name -> name.equals("OPS_HOOK") ? Optional.of(address()) : Optional.empty(),
                allowed,
                InetAddress::isLoopbackAddress,
                Outbound.STRAIGHT);
    }

    private static NotificationProperties settings(List<String> webhooks) {
        return new NotificationProperties(
                Map.of("ops", new NotificationProperties.GroupProperties(List.of(), webhooks, List.of(), List.of())),
                1_000,
                List.of());
    }

    private void send(Channel channel, String address) throws Exception {
        List<String> hooks = List.of(address);
        NotificationProperties settings = new NotificationProperties(
                Map.of(
                        "ops",
                        new NotificationProperties.GroupProperties(
                                List.of(),
                                channel == Channel.WEBHOOK ? hooks : List.of(),
                                channel == Channel.SLACK ? hooks : List.of(),
                                channel == Channel.TEAMS ? hooks : List.of())),
                1_000,
                List.of("127.0.0.1"));
        notifier(settings).send(new Target(channel, "ops", 1), NOTICE);
    }

    private StepException failure(String address, List<String> allowed) {
        NotificationProperties settings =
                new NotificationProperties(settings(List.of(address)).groups(), 1_000, allowed);
        return catchThrowableOfType(
                StepException.class, () -> notifier(settings).send(new Target(Channel.WEBHOOK, "ops", 1), NOTICE));
    }

    private Notifier notifier(NotificationProperties settings) {
        return new GroupNotifier(
                settings,
                new MailProperties(null, 587, null, null, null, true, Map.of()),
                new NoMailer(),
                sender(settings.allowedHosts()),
                Clock.systemUTC());
    }

    private JsonNode document() throws IOException {
        assertThat(received).hasSize(1);
        return Json.MAPPER.readTree(received.get(0).substring(received.get(0).indexOf(' ')));
    }
}
