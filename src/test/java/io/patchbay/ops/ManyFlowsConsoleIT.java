package io.patchbay.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.patchbay.ops.ConsoleWalk.seen;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the pages cost in the browser with 1,000 flows; it prints what it measured (docs/benchmarks.md) and judges only what is shown. */
@Tag("long")
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + ManyFlowsConsoleIT.TOKEN, "patchbay.intake.port=0"})
class ManyFlowsConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final int FLOWS = 1_000;
    /** As the page writes it. */
    private static final String COUNT = "1,000";

    private static final int SHAPES = 60;
    private static final int ROUNDS = 5;

    private static final String FLOW = """
            flow: flow-%1$04d
            name: Orders of shop %1$d
            labels: [ shop-%2$d ]
            trigger: [ { manual: {} } ]
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, country: GB } ] }
              - id: mapped
                map: { fields: [ { to: no, from: id } ] }
              - id: told
                notify: { per: payload, log: info, text: "sent" }
            """;

    /** How long it takes from a key to the picture that shows it: two frames later it is painted. */
    private static final String WATCH_KEYS = """
            window.took = [];
            addEventListener('keydown', () => {
              const at = performance.now();
              requestAnimationFrame(() => requestAnimationFrame(() => window.took.push(performance.now() - at)));
            }, true);
            """;
    /** The longest frame while the list goes by. */
    private static final String SCROLL = """
            () => new Promise(done => {
              const pane = [...document.querySelectorAll('*')].find(one => one.scrollHeight > one.clientHeight + 200
                  && /auto|scroll/.test(getComputedStyle(one).overflowY)) ?? document.scrollingElement;
              let longest = 0, last = performance.now(), frames = 0;
              const step = now => {
                longest = Math.max(longest, now - last);
                last = now;
                pane.scrollTop += 60;
                if (++frames < 60) requestAnimationFrame(step); else done(longest);
              };
              requestAnimationFrame(step);
            })
            """;

    @TempDir
    static Path home;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) throws IOException {
        Path routes = Files.createDirectories(home.resolve("routes"));
        for (int i = 0; i < FLOWS - 1; i++) {
            Files.writeString(routes.resolve("flow-%04d.flow.yaml".formatted(i)), FLOW.formatted(i, i % 20));
        }
        String shapes = IntStream.range(0, SHAPES)
                .mapToObj(i -> "  - id: step-" + i + "\n    map: { fields: [ { to: no, from: no } ] }\n")
                .collect(Collectors.joining());
        Files.writeString(routes.resolve("long.flow.yaml"), "flow: long\nshapes:\n" + shapes);
        settings.add("patchbay.home", home::toString);
    }

    @Test
    void aThousandFlowsAreListedFoundAndDrawn() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            Page page = walk.page();
            seen(page.getByText(COUNT + " of " + COUNT));
            CDPSession inside = page.context().newCDPSession(page);
            inside.send("Performance.enable");
            List<Double> rows = new ArrayList<>();
            List<Double> scripts = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                walk.to("about");
                page.waitForLoadState();
                double at = System.nanoTime();
                walk.to("flows");
                seen(page.getByRole(AriaRole.LINK, ConsoleWalk.named("Orders of shop 0")));
                rows.add((System.nanoTime() - at) / 1e6);
                scripts.add(1e3 * metric(inside, "ScriptDuration"));
            }
            print("flows: first rows of " + FLOWS + " from navigation, ms", rows);
            print("flows: scripts until then, ms", scripts);
            keys(page);
            print("flows: longest frame of a scroll, ms", List.of(((Number) page.evaluate(SCROLL)).doubleValue()));
            picture(walk, inside);
        });
    }

    private static void keys(Page page) {
        page.evaluate(WATCH_KEYS);
        page.getByLabel("Find flows by name or id").focus();
        for (char key : "shop 99".toCharArray()) {
            page.keyboard().press(String.valueOf(key).replace(" ", "Space"));
        }
        assertThat(page.getByText("10 of " + COUNT)).isVisible();
        for (int i = 0; i < 7; i++) {
            page.keyboard().press("Backspace");
        }
        seen(page.getByText(COUNT + " of " + COUNT));
        page.waitForFunction("() => window.took.length === 14");
        List<?> took = (List<?>) page.evaluate("() => window.took");
        print(
                "flows: key to picture, ms",
                took.stream().map(one -> ((Number) one).doubleValue()).toList());
    }

    private static void picture(ConsoleWalk walk, CDPSession inside) {
        Page page = walk.page();
        List<Double> shown = new ArrayList<>();
        List<Double> scripts = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            walk.to("about");
            page.waitForLoadState();
            double at = System.nanoTime();
            walk.to("flows/long");
            seen(page.locator(".react-flow__node[data-id='step-0']"));
            shown.add((System.nanoTime() - at) / 1e6);
            scripts.add(1e3 * metric(inside, "ScriptDuration"));
        }
        print("picture of " + SHAPES + " shapes from navigation, ms", shown);
        print("picture: scripts until then, ms", scripts);
    }

    private static double metric(CDPSession inside, String name) {
        for (JsonElement one : inside.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject metric = one.getAsJsonObject();
            if (metric.get("name").getAsString().equals(name)) {
                return metric.get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("no metric " + name);
    }

    private static void print(String what, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "MEASURED %s: median %.0f, most %.0f%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1));
    }
}
