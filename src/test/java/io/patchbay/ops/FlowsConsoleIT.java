package io.patchbay.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.patchbay.ops.ConsoleWalk.named;
import static io.patchbay.ops.ConsoleWalk.seen;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk through our own pages in Hawtio: a flow is seen, started, and its failure looked into and mended. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + FlowsConsoleIT.TOKEN, "patchbay.intake.port=0"})
class FlowsConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

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
              - id: seen
                trackData: { entity: item, direction: send, fields: [ home ], source: depot }
            """;

    @TempDir
    static Path home;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("routes")).resolve("returns.flow.yaml"), FLOW);
        settings.add("patchbay.home", home::toString);
    }

    @Test
    void aFlowIsSeenStartedAndItsFailureLookedIntoAndMended() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            flows(walk);
            flow(walk);
            run(walk);
            runs(walk);
            failures(walk);
            search(walk);
            dashboard(walk);
            dark(walk);
            replaysOfMany(walk);
        });
    }

    private static void flows(ConsoleWalk walk) {
        Page page = walk.page();
        walk.seesHeading("Flows");
        seen(page.getByRole(AriaRole.LINK, named("Returns of customers")));
        walk.keep("flows");
        page.getByLabel("Find flows by name or id").fill("nothing");
        seen(page.getByText("No flow fits"));
        page.getByLabel("Find flows by name or id").fill("ret");
        page.getByRole(AriaRole.LINK, named("Returns of customers")).click();
        page.waitForURL("**/hawtio/flows/returns");
    }

    private static void flow(ConsoleWalk walk) {
        Page page = walk.page();
        walk.seesHeading("Returns of customers");
        seen(shape(page, "abroad"));
        walk.keep("flow");
        // By the keyboard alone: from shape to shape in the order of the text, and one of them opened.
        shape(page, "items").focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(shape(page, "where-to")).isFocused();
        page.keyboard().press("Enter");
        Locator panel = page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("The chosen shape"));
        seen(panel.getByText("match: first"));
        walk.keep("flow-shape");
        shape(page, "each").click();
        seen(panel.getByText("size: 1"));

        walk.doIt("Start");
        page.waitForURL("**/hawtio/flows/returns/runs/*");
    }

    private static void run(ConsoleWalk walk) {
        Page page = walk.page();
        seen(page.getByText("partial").first());
        seen(page.getByRole(AriaRole.BUTTON, named("Replay what failed")));
        walk.keep("run-timeline");
        page.getByRole(AriaRole.BUTTON, named("as-home")).click();
        seen(page.getByText("<img src=x onerror=alert(1)>").first());
        walk.keep("run-payloads");
        page.getByRole(AriaRole.BUTTON, named("difference")).click();
        seen(page.locator(".pb-line-gone").first());
        walk.keep("run-difference");
        page.getByRole(AriaRole.TAB, named("requests")).click();
        seen(page.getByText("No request"));
        page.getByRole(AriaRole.TAB, named("log")).click();
        seen(page.getByText("sent <b>on</b>").first());
        walk.keep("run-log");
        page.getByRole(AriaRole.TAB, named("metadata")).click();
        seen(page.getByText("revision"));
        walk.keep("run-metadata");
    }

    private static void runs(ConsoleWalk walk) {
        Page page = walk.page();
        String run = page.url().replaceFirst(".*/runs/([^#]*).*", "$1");
        // The address that an alert of the instance or of the program carries.
        walk.to("runs/" + run);
        seen(page.getByRole(AriaRole.BUTTON, named("Replay what failed")));
        walk.to("runs#status=partial");
        seen(page.getByRole(AriaRole.LINK, named("Run " + run)));
        walk.keep("runs");
        walk.to("runs/no-such-run");
        seen(page.getByText("There is no run 'no-such-run'."));
    }

    private static void failures(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("failures");
        walk.seesHeading("Failures");
        walk.keep("failures");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("the record does not meet"))
                .click();
        page.waitForURL("**/hawtio/failures/*");
        walk.press("Edit");
        Locator content = page.getByLabel("Content, application/json");
        assertThat(content).hasValue(Pattern.compile("\"FR\""));
        walk.keep("failure-edit");
        content.fill(content.inputValue().replace("FR", "DE").concat("]"));
        walk.confirm("Replay");
        walk.sees("This is not JSON yet");
        content.fill(content.inputValue().replaceFirst("]$", ""));
        walk.confirm("Replay");
        seen(page.getByRole(AriaRole.GRIDCELL, named("resolved")));
        walk.keep("failure");
        walk.follow("its replay");
        walk.sees("succeeded");
        walk.to("failures");
        walk.sees("Nothing waits for you");
    }

    private static void search(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("search");
        walk.sees("What happened to …?");
        page.getByLabel("Business key, like an order's number").fill("1");
        page.keyboard().press("Enter");
        walk.sees("item 1");
        walk.keep("search");
    }

    private void replaysOfMany(ConsoleWalk walk) {
        HttpRequest begin = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/replays?flow=returns&state=resolved"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> begun = HttpClient.newHttpClient()
                .sendAsync(begin, HttpResponse.BodyHandlers.ofString())
                .join();
        org.assertj.core.api.Assertions.assertThat(begun.statusCode()).isEqualTo(202);
        Page page = walk.page();
        walk.to("failures");
        walk.sees("Replays of many");
        seen(page.getByText("flow returns, resolved"));
        seen(page.getByRole(AriaRole.GRIDCELL, named("done")));
        walk.keep("replays");
    }

    private static void dashboard(ConsoleWalk walk) {
        walk.to("dashboard");
        walk.sees("How runs ended");
        walk.sees("Payloads, up to ");
        walk.sees("Bytes, up to ");
        walk.keep("dashboard");
        walk.dark();
        walk.keep("dashboard-dark");
        walk.light();
    }

    private static void dark(ConsoleWalk walk) {
        Page page = walk.page();
        walk.dark();
        walk.to("flows/returns");
        seen(shape(page, "abroad"));
        seen(page.getByText("1 failed"));
        assertThat(page.locator("html")).hasClass(Pattern.compile("pf-v6-theme-dark"));
        walk.keep("flow-dark");
        page.getByRole(AriaRole.BUTTON, named("list")).click();
        seen(page.getByRole(AriaRole.GRID, named("Shapes of the flow, in order")));
        walk.keep("flow-list-dark");
    }

    private static Locator shape(Page page, String id) {
        return page.locator(".react-flow__node[data-id='" + id + "'] button");
    }
}
