package io.patchbay.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.patchbay.ops.ConsoleWalk.named;
import static io.patchbay.ops.ConsoleWalk.seen;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk through the console's pages of versions, waits, alerts, known keys and the log of a run that goes on. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + OperatingConsoleIT.TOKEN, "patchbay.intake.port=0"})
class OperatingConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final String ASKS = """
            flow: asks
            shapes:
              - id: order
                manualPayload: { json: { id: 7, total: "1200.00" } }
              - id: approved
                wait: { for: approval, title: "Order of 1200.00", expires: 3d, onExpiry: drop }
              - id: told
                notify: { per: payload, log: info, text: "approved by ${meta.wait.by}" }
            """;
    private static final String WAITS_TO_BE_DEPLOYED = """
            flow: careful
            deploy: manual
            shapes:
              - id: number
                manualPayload: { json: { id: %d } }
              - id: is-small
                assert: { that: { field: id, as: number, below: 5 } }
            """;
    private static final String SLOW = """
            flow: slow
            shapes:
              - id: begun
                notify: { per: payload, log: info, text: "it has begun" }
              - id: a-while
                delay: { for: 10m }
            """;

    @TempDir
    static Path home;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) {
        write("asks", ASKS);
        write("careful", WAITS_TO_BE_DEPLOYED.formatted(1));
        write("slow", SLOW);
        settings.add("patchbay.home", home::toString);
    }

    private static void write(String flow, String text) {
        try {
            Path routes = Files.createDirectories(home.resolve("routes"));
            Path written = Files.writeString(home.resolve(flow + ".new"), text);
            Files.move(written, routes.resolve(flow + ".flow.yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatWaitsIsDecidedWhatRunsIsChosenAndWhatWentWrongIsFound() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            nothingYet(walk);
            waits(walk);
            versions(walk);
            alerts(walk);
            log(walk);
        });
    }

    private static void nothingYet(ConsoleWalk walk) {
        walk.to("waits");
        walk.sees("Nothing waits");
        walk.to("alerts");
        walk.sees("No alert is open");
        walk.to("known-keys");
        walk.sees("No keys are kept");
        walk.keep("known-keys-none");
    }

    private static void waits(ConsoleWalk walk) {
        Page page = walk.page();
        start(walk, "asks");
        walk.to("waits");
        walk.sees("Order of 1200.00");
        walk.keep("waits");
        walk.press("See");
        walk.sees("\"total\": \"1200.00\"");
        walk.keep("wait-content");
        walk.confirm("Done");
        // Who decides is asked for by the program, and told in its words.
        walk.doIt("Approve");
        walk.sees("by is missing: say who decides");
        // By the keyboard alone.
        page.getByLabel("Who decides").fill("Ada");
        page.getByLabel("What they say").fill("all right");
        Locator approve = page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, again());
        approve.focus();
        page.keyboard().press("Enter");
        walk.sees("Nothing waits");
        walk.press("approved");
        walk.sees("by Ada");
        walk.keep("waits-approved");
        walk.follow("run that took it on");
        walk.sees("succeeded");
    }

    private static Locator.GetByRoleOptions again() {
        return new Locator.GetByRoleOptions().setName("Try again").setExact(true);
    }

    private static void versions(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("flows/careful/versions");
        walk.press("Deploy");
        walk.confirm("Deploy");
        walk.sees("Version 1 runs.");
        write("careful", WAITS_TO_BE_DEPLOYED.formatted(9));
        walk.sees("the file says something else");
        walk.press("What would change");
        Locator changes = page.getByRole(AriaRole.GRID, named("What differs"));
        seen(changes.getByText("changed").first());
        walk.keep("versions-compare");
        page.getByRole(AriaRole.BUTTON, named("as text")).click();
        seen(page.locator(".pb-line-new").first());
        walk.keep("versions-text");
        walk.press("Deploy");
        page.getByLabel("What it is about").fill("nine is <b>more</b>");
        walk.confirm("Deploy");
        walk.sees("Version 2 runs.");
        seen(page.getByRole(AriaRole.GRIDCELL, named("nine is <b>more</b>")));
        start(walk, "careful");
        walk.sees("failed");
        walk.to("flows/careful");
        walk.follow("version 2");
        walk.doIt("Go back");
        walk.sees("Somebody went back to version 1");
        walk.dark();
        walk.keep("versions-dark");
        walk.light();
        walk.to("flows/nothing/versions");
        walk.sees("There is no flow 'nothing'.");
    }

    private static void alerts(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("alerts");
        seen(page.getByRole(AriaRole.LINK, named("last run of careful")));
        walk.keep("alerts");
        walk.dark();
        walk.keep("alerts-dark");
        walk.light();
        walk.press("Mute");
        page.getByLabel("For how long").fill("a while");
        page.getByLabel("Why").fill("the till is <b>moved</b>");
        walk.confirm("Mute");
        // What is no time is told in the program's words.
        walk.sees("a while");
        page.getByLabel("For how long").fill("3h");
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, again()).click();
        seen(page.getByRole(AriaRole.GRIDCELL, named("flow careful")));
        seen(page.getByRole(AriaRole.GRIDCELL, named("the till is <b>moved</b>")));
        walk.sees("muted until");
        walk.keep("alerts-muted");
        walk.press("End");
        assertThat(page.getByRole(AriaRole.GRIDCELL, named("flow careful"))).isHidden();
        walk.follow("last run of careful");
        page.waitForURL("**/hawtio/flows/careful/runs/*");
        walk.to("alerts#past=yes");
        walk.sees("No alert is over yet");
    }

    private static void log(ConsoleWalk walk) {
        Page page = walk.page();
        Collection<String> asked = new ConcurrentLinkedQueue<>();
        Collection<String> given = new ConcurrentLinkedQueue<>();
        page.onRequest(request -> note(request, asked));
        page.onRequestFailed(request -> note(request, given));
        start(walk, "slow");
        page.getByRole(AriaRole.TAB, named("log")).click();
        page.waitForCondition(() -> !asked.isEmpty());
        page.getByRole(AriaRole.TAB, named("requests")).click();
        seen(page.getByText("No request"));
        // Nobody sees it any more, so nobody listens.
        page.waitForCondition(() -> !given.isEmpty());
        page.getByRole(AriaRole.TAB, named("log")).click();
        page.waitForCondition(() -> asked.size() == 2);
        walk.doIt("Stop");
        walk.sees("stopped");
        walk.sees("it has begun");
        walk.keep("run-log-heard");
        assertThat(page.getByRole(AriaRole.BUTTON, named("Stop"))).isHidden();
        Assertions.assertThat(asked).as("listened to, not asked for").containsOnly("/logs/stream");
    }

    private static void note(Request request, Collection<String> into) {
        if (request.url().contains("/logs")) {
            into.add(request.url().replaceFirst(".*(/logs.*)", "$1"));
        }
    }

    private static void start(ConsoleWalk walk, String flow) {
        walk.to("flows/" + flow);
        walk.doIt("Start");
        walk.page().waitForURL("**/hawtio/flows/" + flow + "/runs/*");
    }
}
