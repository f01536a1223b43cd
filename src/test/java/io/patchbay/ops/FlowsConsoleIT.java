package io.patchbay.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk through our own pages in Hawtio with a real browser: a flow is seen, started, and its failure looked into. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + FlowsConsoleIT.TOKEN, "patchbay.intake.port=0"})
class FlowsConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** The program may still be warm from nothing when the first page is asked for. */
    private static final double PATIENCE_MS = 60_000;

    private static final String FLOW = """
            flow: returns
            name: Returns of customers
            trigger: [ { manual: {} } ]
            shapes:
              - id: items
                manualPayload: { json: [ { id: 1, country: GB, text: "<img src=x onerror=alert(1)>" }, { id: 2, country: FR } ] }
              - id: each
                flowControl: { size: 1 }
              - id: where-to
                route:
                  match: first
                  paths:
                    - name: home
                      when: { field: country, is: GB }
                      shapes: [ { id: as-home, map: { fields: [ { to: home, from: id }, { to: text, from: text } ] } } ]
                    - name: others
                      otherwise: true
                      shapes: [ { id: abroad, onError: skip, assert: { that: { field: country, is: DE } } } ]
              - id: told
                notify: { per: payload, log: info, text: "sent <b>on</b>" }
            """;

    @TempDir
    static Path home;

    @LocalServerPort
    private int port;

    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("routes")).resolve("returns.flow.yaml"), FLOW);
        settings.add("patchbay.home", home::toString);
    }

    @Test
    void aFlowIsSeenStartedAndItsFailureLookedInto() {
        Path chromium =
                BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(chromium != null, "no Chromium on this machine: the walk through the console is skipped");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options(chromium));
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 900))) {
            context.setDefaultTimeout(PATIENCE_MS);
            Page page = context.newPage();
            page.onPageError(complaints::add);
            page.onDialog(dialog -> {
                complaints.add("dialog: " + dialog.message());
                dialog.dismiss();
            });
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    complaints.add(message.text());
                }
            });
            logIn(page);
            flows(page);
            flow(page);
            run(page);
            runs(page);
            dark(page);
        }
        assertThat(complaints).as("what the pages or the browser complained of").isEmpty();
    }

    private void logIn(Page page) {
        page.navigate(address(""));
        page.getByLabel("Username").fill("admin");
        page.getByLabel("Password").fill(TOKEN);
        page.locator("button[type=submit]").click();
        // Ours stand in front of Hawtio's own.
        page.waitForURL("**/hawtio/flows");
    }

    private void flows(Page page) {
        seen(heading(page, "Flows"));
        seen(page.getByRole(AriaRole.LINK, named("Returns of customers")));
        keep(page, "flows");
        page.getByLabel("Find flows by name or id").fill("nothing");
        seen(page.getByText("No flow fits"));
        page.getByLabel("Find flows by name or id").fill("ret");
        page.getByRole(AriaRole.LINK, named("Returns of customers")).click();
        page.waitForURL("**/hawtio/flows/returns");
    }

    private void flow(Page page) {
        seen(heading(page, "Returns of customers"));
        seen(shape(page, "abroad"));
        keep(page, "flow");
        // By the keyboard alone: from shape to shape in the order of the text, and one of them opened.
        shape(page, "items").focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(shape(page, "where-to")).isFocused();
        page.keyboard().press("Enter");
        Locator panel = page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("The chosen shape"));
        seen(panel.getByText("match: first"));
        keep(page, "flow-shape");
        shape(page, "each").click();
        seen(panel.getByText("size: 1"));

        page.getByRole(AriaRole.BUTTON, named("Start")).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"))
                .click();
        page.waitForURL("**/hawtio/flows/returns/runs/*");
    }

    private void run(Page page) {
        seen(page.getByText("partial").first());
        seen(page.getByRole(AriaRole.BUTTON, named("Replay what failed")));
        keep(page, "run-timeline");
        page.getByRole(AriaRole.BUTTON, named("as-home")).click();
        seen(page.getByText("<img src=x onerror=alert(1)>").first());
        keep(page, "run-payloads");
        page.getByRole(AriaRole.BUTTON, named("difference")).click();
        seen(page.locator(".pb-line-gone").first());
        keep(page, "run-difference");
        page.getByRole(AriaRole.TAB, named("requests")).click();
        seen(page.getByText("No request"));
        page.getByRole(AriaRole.TAB, named("log")).click();
        seen(page.getByText("sent <b>on</b>").first());
        keep(page, "run-log");
        page.getByRole(AriaRole.TAB, named("metadata")).click();
        seen(page.getByText("revision"));
        keep(page, "run-metadata");
    }

    private void runs(Page page) {
        String run = page.url().replaceFirst(".*/runs/([^#]*).*", "$1");
        // The address that an alert of the instance or of the program carries.
        page.navigate(address("runs/" + run));
        seen(page.getByRole(AriaRole.BUTTON, named("Replay what failed")));
        page.navigate(address("runs#status=partial"));
        seen(page.getByRole(AriaRole.LINK, named("Run " + run)));
        keep(page, "runs");
        page.navigate(address("runs/no-such-run"));
        seen(page.getByText("There is no run 'no-such-run'."));
    }

    private void dark(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate(address("flows/returns"));
        seen(shape(page, "abroad"));
        seen(page.getByText("1 failed"));
        assertThat(page.locator("html")).hasClass(java.util.regex.Pattern.compile("pf-v6-theme-dark"));
        keep(page, "flow-dark");
        page.getByRole(AriaRole.BUTTON, named("list")).click();
        seen(page.getByRole(AriaRole.GRID, named("Shapes of the flow, in order")));
        keep(page, "flow-list-dark");
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, named(name).setLevel(1));
    }

    private static Locator shape(Page page, String id) {
        return page.locator(".react-flow__node[data-id='" + id + "'] button");
    }

    private static void seen(Locator what) {
        assertThat(what)
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(PATIENCE_MS));
    }

    private static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + "/hawtio/" + path;
    }

    private static BrowserType.LaunchOptions options(Path chromium) {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
