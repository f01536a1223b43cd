package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.home.Home;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.sandbox.SandboxProxy;
import io.patchbay.sandbox.SandboxSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed catalogue by HTTPS behind a real proxy that wants a login and looks into TLS: from the list to the files of the home. */
class CatalogueThroughProxyTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Shelf shelf;
    private SandboxProxy proxy;

    @BeforeEach
    void publish() throws Exception {
        shelf = new Shelf(folder);
        proxy = new SandboxProxy(new Site()).wants("ada", "pr0xy-password");
        proxy.authority().write(shelf.home().resolve("ca.pem"));
        shelf.named("{ url: 'https://blueprints.test/ours/catalogue.json', headers: { Authorization: 'Bearer"
                + " ${secret.SHELF}' } }");
        Bench.write(shelf.home().resolve("blueprints/keys/ours.pub"), "untrusted comment: x\n" + Signer.key() + "\n");
    }

    @AfterEach
    void close() throws Exception {
        shelf.close();
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }

    /** Has what is published, for who knows the secret. */
    private final class Site implements SandboxSystem {
        @Override
        public boolean answersAs(String host) {
            return host.equals("blueprints.test");
        }

        @Override
        public Answer answer(Call call) {
            Path file = shelf.published()
                    .resolve(call.address().getPath().substring("/ours/".length()))
                    .normalize();
            boolean known = call.header("authorization").equals("Bearer open-sesame")
                    && call.header("proxy-authorization").isEmpty();
            try {
                return known && Files.isRegularFile(file)
                        ? new Answer(200, Map.of(), Files.readAllBytes(file))
                        : new Answer(known ? 404 : 401, Map.of(), new byte[0]);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Installer installer(String password) {
        Outbound way = Outbound.of(
                new OutboundProperties(new ProxyProperties(proxy.address(), "ada", password, List.of()), "ca.pem"),
                shelf.home());
        return new Installer(
                new Home(shelf.home()),
                List.of(),
                shelf.clock(),
                (home, wanted) -> new Trial.Found(List.of(), 0, List.of()),
                new Catalogues.Access(name -> Optional.of("open-sesame"), () -> way),
                Map::of);
    }

    private static Installer.Ask ask() {
        return new Installer.Ask(
                Plan.Verb.INSTALL,
                "orders",
                null,
                "ours",
                new Answers(Map.of(), Map.of(), Map.of()),
                null,
                false,
                null);
    }

    private List<String> asked() {
        return proxy.calls().stream()
                .map(one -> one.call().address() + " " + one.status())
                .toList();
    }

    @Test
    void theListIsReadThePlanIsMadeAndTheBlueprintInstalled() throws Exception {
        try (Installer installer = installer("pr0xy-password")) {
            assertThat(installer.list().lines()).singleElement().satisfies(line -> {
                assertThat(line.catalogue()).isEqualTo("ours");
                assertThat(line.version()).isEqualTo("1.0.0");
            });
            Plan plan = installer.plan(ask());
            assertThat(plan.obstacles()).isEmpty();

            String job = installer.begin(ask()).id();
            await().atMost(LONG)
                    .until(() -> installer.jobs().find(job).orElseThrow().state() != InstallJobs.State.GOING);

            assertThat(installer.jobs().find(job).orElseThrow().state()).isEqualTo(InstallJobs.State.DONE);
        }
        assertThat(shelf.home().resolve("routes/orders/orders.flow.yaml")).exists();
        assertThat(asked())
                .contains(
                        "https://blueprints.test/ours/catalogue.json 200",
                        "https://blueprints.test/ours/catalogue.json.minisig 200",
                        "https://blueprints.test/ours/orders-1.0.0.zip 200");
        assertThat(shelf.asked()).as("nothing goes past the proxy").isEmpty();
    }

    @Test
    void aLoginThatTheProxyDoesNotTakeIsToldAsSuchAndNothingIsInstalled() throws Exception {
        try (Installer installer = installer("wr0ng-password")) {
            assertThatThrownBy(() -> installer.plan(ask()))
                    .isInstanceOf(BlueprintException.class)
                    .hasMessageContaining("answered 407")
                    .hasMessageContaining("look at patchbay.http.proxy.user")
                    .hasMessageNotContaining("wr0ng");
        }
        assertThat(asked()).isEmpty();
        assertThat(shelf.home().resolve("routes")).doesNotExist();
    }

    @Test
    void whatAProxyThatLooksIntoTlsChangedIsNotTaken() throws Exception {
        Files.writeString(
                shelf.published().resolve("catalogue.json"),
                Files.readString(shelf.published().resolve("catalogue.json")).replace("1.0.0", "9.9.9"));

        try (Installer installer = installer("pr0xy-password")) {
            assertThatThrownBy(() -> installer.plan(ask())).isInstanceOf(BlueprintException.class);
        }
        assertThat(asked()).noneMatch(one -> one.contains(".zip"));
    }
}
