package io.patchbay.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.patchbay.ops.ConsoleWalk.named;
import static io.patchbay.ops.ConsoleWalk.seen;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.patchbay.ops.security.OidcIssuer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk to an OpenID provider on another site and back, with a browser that keeps cookies as browsers do. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "patchbay.admin-token=" + OidcConsoleIT.TOKEN,
            "patchbay.intake.port=0",
            "patchbay.access.oidc.client-id=patchbay",
            "patchbay.access.oidc.client-secret=" + OidcIssuer.SECRET,
            "patchbay.access.oidc.title=Acme",
            "patchbay.access.oidc.roles.read-only=group-of-eve"
        })
class OidcConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final String FLOW = """
            flow: returns
            name: Returns of customers
            trigger: [ { manual: {} } ]
            shapes: [ { id: items, manualPayload: { json: [ { id: 1 } ] } } ]
            """;

    @TempDir
    static Path home;

    private static OidcIssuer issuer;
    private static int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("routes")).resolve("returns.flow.yaml"), FLOW);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        issuer = new OidcIssuer("http://127.0.0.1:" + port);
        issuer.up();
        settings.add("server.port", () -> port);
        settings.add("patchbay.public-url", () -> "http://127.0.0.1:" + port);
        settings.add("patchbay.access.oidc.issuer", issuer::url);
        settings.add("patchbay.home", home::toString);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void aLinkIsComeBackToBehindALoginAtTheProviderAndButtonsSayWhatTheRoleMayNot() {
        ConsoleWalk.asNobody(port, walk -> {
            Page page = walk.page();
            refused(walk);

            walk.to("flows/returns#sheet=runs");
            walk.follow("Log in at Acme");
            atTheIssuer(page, "eve");
            page.waitForURL("**/hawtio/flows/returns#sheet=runs");
            walk.seesHeading("Returns of customers");
            grey(walk);
            walk.keep("oidc-read-only");

            byALinkElsewhere(walk);
            walk.to("auth/logout");
            seen(page.getByLabel("Password"));
        });
    }

    @Test
    void aLinkIsComeBackToBehindTheFormToo() {
        ConsoleWalk.asNobody(port, walk -> {
            Page page = walk.page();
            walk.to("flows/returns#sheet=runs");
            walk.keep("login");
            page.getByLabel("Username").fill("admin");
            page.getByLabel("Password").fill(TOKEN);
            walk.press("Log in");
            page.waitForURL("**/hawtio/flows/returns#sheet=runs");
            walk.seesHeading("Returns of customers");
            assertThat(start(page)).isEnabled();
        });
    }

    private void refused(ConsoleWalk walk) {
        walk.to("");
        walk.follow("Log in at Acme");
        atTheIssuer(walk.page(), "nobody");
        walk.sees("nothing that it says of you has a role here");
        walk.keep("oidc-refused");
        // The provider remembers its own login.
        walk.page().context().clearCookies();
    }

    private static void atTheIssuer(Page page, String name) {
        page.waitForURL(issuer.url() + "/login");
        page.getByLabel("Username").fill(name);
        page.getByLabel("Password").fill(OidcIssuer.PASSWORD);
        page.locator("button[type=submit]").click();
    }

    private static void grey(ConsoleWalk walk) {
        Locator start = start(walk.page());
        assertThat(start).hasAttribute("aria-disabled", "true");
        start.focus();
        walk.sees("Your role, read-only, may not do this.");
        start.click(new Locator.ClickOptions().setForce(true));
        assertThat(walk.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    private static Locator start(Page page) {
        return page.getByRole(AriaRole.BUTTON, named("Start"));
    }

    /** Who is logged in and follows a link in a mail is there at once. */
    private static void byALinkElsewhere(ConsoleWalk walk) {
        Page page = walk.page();
        page.navigate(issuer.url() + "/login");
        page.evaluate(
                "address => { location.href = address }",
                "http://127.0.0.1:" + port + "/hawtio/flows/returns#sheet=layout");
        walk.seesHeading("Returns of customers");
        page.waitForURL("**/hawtio/flows/returns*#sheet=layout");
    }
}
