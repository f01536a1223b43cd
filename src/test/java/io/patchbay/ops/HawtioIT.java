package io.patchbay.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.route.plain.PlainCamel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** One walk through Hawtio with a real browser: log in, open Camel, see a route with its ids. */
@DisableJmx(false)
@Import(HawtioIT.Orders.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "patchbay.admin-token=" + HawtioIT.TOKEN)
class HawtioIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    @LocalServerPort
    private int port;

    @Autowired
    private PlainCamel plainCamel;

    @Test
    void showsARouteWithItsShapeIdsAfterLogin() {
        Path chromium =
                BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(chromium != null, "no Chromium on this machine: the walk through Hawtio is skipped");
        Collection<String> refused = new ConcurrentLinkedQueue<>();
        plainCamel.files().apply(List.of(heartbeat())).join();

        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options(chromium));
                Page page = browser.newPage()) {
            page.onResponse(response -> note(response, refused));
            page.navigate("http://127.0.0.1:" + port + "/hawtio/");

            page.getByLabel("Username").fill("admin");
            page.getByLabel("Password").fill(TOKEN);
            page.locator("button[type=submit]").click();
            page.navigate("http://127.0.0.1:" + port + "/hawtio/camel");

            page.getByText("Expand all").click();
            assertThat(page.getByText("Patchbay", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(page.locator("header img[src*='img/patchbay']").first()).hasJSProperty("naturalWidth", 48);
            page.getByText("orders@1a2b", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            assertThat(page.locator("body")).containsText("orders@1a2b/keep-paid");
            for (String tab : List.of("Attributes", "Operations", "Source", "Properties", "Exchanges", "Chart")) {
                page.getByRole(AriaRole.LINK, named(tab)).click();
                page.waitForURL("**/camel/" + tab.toLowerCase(Locale.ROOT));
            }
            page.getByRole(AriaRole.LINK, named("Exchanges")).click();
            page.waitForURL("**/camel/exchanges"); // the console polls: its network is never idle for certain
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/hawtio.png")));

            // Plain Camel routes have a context of their own, beside the flows' one.
            assertThat(page.getByText("patchbay-camel", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            page.getByText("heartbeat", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            page.getByRole(AriaRole.LINK, named("Route Diagram")).click();
            assertThat(page.locator("body")).containsText("heartbeat/log");
        }

        assertThat(refused).as("what Hawtio asked for and did not get").isEmpty();
    }

    private static SourceFile heartbeat() {
        String text = "- from: { uri: 'timer:beat', steps: [ { log: { id: log, message: beat } } ] }";
        return new SourceFile("routes/heartbeat.camel.yaml", Path.of("."), SourceKind.CAMEL, text, "1");
    }

    private static BrowserType.LaunchOptions options(Path chromium) {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(Stream.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")
                        .toList());
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    /** Jolokia answers 200 and says inside what it refused. */
    private static void note(Response response, Collection<String> refused) {
        if (response.url().endsWith("/preset-connections")) {
            // Other servers to connect to: there are none, and 404 is how Hawtio is told.
            return;
        }
        if (response.status() >= 400) {
            refused.add(response.status() + " " + response.url());
        } else if (response.url().contains("/jolokia") && response.text().contains("\"status\":403")) {
            refused.add(response.request().postData());
        }
    }

    @TestConfiguration
    static class Orders {

        @Bean
        RouteBuilder orders() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:orders?period=1000")
                            .routeId("orders@1a2b")
                            .setBody(constant("{}"))
                            .id("orders@1a2b/orders")
                            .filter(body().isNotNull())
                            .id("orders@1a2b/keep-paid")
                            .to("log:orders?level=DEBUG")
                            .id("orders@1a2b/tell");
                }
            };
        }
    }
}
