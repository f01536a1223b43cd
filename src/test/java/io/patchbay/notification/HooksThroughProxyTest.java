package io.patchbay.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.PrivateAddresses;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.sandbox.SandboxProxy;
import io.patchbay.sandbox.SandboxSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to people's services through a real proxy that wants a login and looks into TLS. */
class HooksThroughProxyTest {

    private static final Notice NOTICE = new Notice(
            "m-1",
            Instant.parse("2026-03-01T10:00:00Z"),
            "Patchbay: flow orders fails",
            "the shop is away",
            "https://patchbay.example/api/v1/runs/r-1",
            Map.of("kind", "failed_runs"));

    @TempDir
    private Path home;

    private final SandboxProxy proxy = new SandboxProxy(new Service()).wants("ada", "pr0xy-password");

    /** Takes what is posted to a path that is known. */
    private static final class Service implements SandboxSystem {
        @Override
        public boolean answersAs(String host) {
            return host.equals("hooks.service.test");
        }

        @Override
        public Answer answer(Call call) {
            boolean taken = call.method().equals("POST")
                    && call.address().getPath().equals("/T0/s3cret")
                    && call.header("proxy-authorization").isEmpty();
            return Answer.json(taken ? 200 : 404, "{}");
        }
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }

    private Notifier notifier(String address, String password) throws Exception {
        proxy.authority().write(home.resolve("ca.pem"));
        Outbound way = Outbound.of(
                new OutboundProperties(new ProxyProperties(proxy.address(), "ada", password, List.of()), "ca.pem"),
                home);
        List<String> hook = List.of("${secret.HOOK}");
        return new GroupNotifier(
                new NotificationProperties(
                        Map.of("ops", new NotificationProperties.GroupProperties(List.of(), hook, hook, hook)),
                        1_000,
                        List.of()),
                new MailProperties(null, 587, null, null, null, true, Map.of()),
                new NoMailer(),
                new HookSender(name -> Optional.of(address), List.of(), PrivateAddresses::covers, way),
                Clock.systemUTC());
    }

    private StepException failure(String address, String password) throws Exception {
        Notifier notifier = notifier(address, password);
        return catchThrowableOfType(
                StepException.class, () -> notifier.send(new Target(Channel.SLACK, "ops", 1), NOTICE));
    }

    @Test
    void eachKindOfMessageGoesThroughATunnelToANameThatOnlyTheProxyKnows() throws Exception {
        Notifier notifier = notifier("https://hooks.service.test/T0/s3cret", "pr0xy-password");

        for (Channel channel : List.of(Channel.WEBHOOK, Channel.SLACK, Channel.TEAMS)) {
            notifier.send(new Target(channel, "ops", 1), NOTICE);
        }

        assertThat(proxy.calls()).hasSize(3).allSatisfy(one -> {
            assertThat(one.status()).isEqualTo(200);
            assertThat(one.call().address()).hasToString("https://hooks.service.test/T0/s3cret");
        });
        JsonNode slack = Json.MAPPER.readTree(proxy.calls().get(1).call().text());
        assertThat(slack.path("text").asText()).isEqualTo(NOTICE.title());
        assertThat(proxy.asked())
                .filteredOn(one -> one.call().method().equals("CONNECT"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.status()).isEqualTo(200));
    }

    @Test
    void aLoginThatIsNotTakenIsThatOfTheProxyAndShowsNoAddress() throws Exception {
        StepException failure = failure("https://hooks.service.test/T0/s3cret", "wr0ng-password");

        assertThat(failure.code()).isEqualTo("PROXY_FAILED");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getMessage())
                .contains("slack 1 of group ops: the proxy ", "look at patchbay.http.proxy.user")
                .doesNotContain("s3cret", "hooks.service.test", "wr0ng");
        assertThat(proxy.calls()).allSatisfy(one -> assertThat(one.status()).isEqualTo(407));
    }

    @Test
    void aHostThatTheProxyDoesNotReachIsTriedAgain() throws Exception {
        StepException failure = failure("https://nowhere.test/T0/s3cret", "pr0xy-password");

        assertThat(failure.code()).isEqualTo("PROXY_FAILED");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.getMessage()).doesNotContain("s3cret", "nowhere");
    }

    @Test
    void privateAddressesStayRefused() throws Exception {
        StepException failure = failure("https://10.0.0.7/T0/s3cret", "pr0xy-password");

        assertThat(failure.code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(proxy.asked()).isEmpty();
    }
}
