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
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A walk through the console with the browser of this machine: what the pages or the browser complain of fails it. */
final class ConsoleWalk {

    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** The program may still be warm from nothing when the first page is asked for. */
    private static final double PATIENCE_MS = 60_000;

    private final Page page;
    private final int port;

    private ConsoleWalk(Page page, int port) {
        this.page = page;
        this.port = port;
    }

    /** Logs in as the administrator and walks; skipped where there is no browser. */
    static void through(int port, String token, Consumer<ConsoleWalk> steps) {
        asNobody(port, walk -> {
            walk.logIn(token);
            steps.accept(walk);
        });
    }

    /** Walks without a login. */
    static void asNobody(int port, Consumer<ConsoleWalk> steps) {
        Path chromium =
                BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(chromium != null, "no Chromium on this machine: the walk through the console is skipped");
        Collection<String> complaints = new ConcurrentLinkedQueue<>();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options(chromium));
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 900))) {
            context.setDefaultTimeout(PATIENCE_MS);
            Page page = context.newPage();
            note(page, complaints);
            new ConsoleWalk(page, port).go(steps);
        }
        assertThat(complaints).as("what the pages or the browser complained of").isEmpty();
    }

    private void go(Consumer<ConsoleWalk> steps) {
        boolean arrived = false;
        try {
            steps.accept(this);
            arrived = true;
        } finally {
            if (!arrived) {
                keep("where-it-broke");
            }
        }
    }

    private static void note(Page page, Collection<String> complaints) {
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
    }

    private void logIn(String token) {
        to("");
        page.getByLabel("Username").fill("admin");
        page.getByLabel("Password").fill(token);
        page.locator("button[type=submit]").click();
        // Ours stand in front of Hawtio's own.
        page.waitForURL("**/hawtio/flows");
    }

    Page page() {
        return page;
    }

    void to(String path) {
        page.navigate("http://127.0.0.1:" + port + "/hawtio/" + path);
    }

    void press(String button) {
        page.getByRole(AriaRole.BUTTON, named(button)).click();
    }

    /** Presses a button that asks, and says yes. */
    void doIt(String button) {
        press(button);
        confirm(button);
    }

    void confirm(String button) {
        page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void follow(String link) {
        page.getByRole(AriaRole.LINK, named(link)).click();
    }

    void seesHeading(String name) {
        seen(page.getByRole(AriaRole.HEADING, named(name).setLevel(1)));
    }

    void sees(String text) {
        seen(page.getByText(text).first());
    }

    void dark() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    }

    void light() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    static void seen(Locator what) {
        assertThat(what).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
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
}
