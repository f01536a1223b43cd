package io.patchbay.ops;

import static io.patchbay.ops.ConsoleWalk.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk through the console's pages of blueprints: looked at, installed, upgraded over what was changed here, removed. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + BlueprintsConsoleIT.TOKEN, "patchbay.intake.port=0"})
class BlueprintsConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final String FLOW = """
            flow: greeting
            variables: { words: hello }
            shapes:
              - id: one
                manualPayload: { json: [ { id: 1 } ] }
              - id: told
                notify: { log: info, text: "${flow.words}" }
            """;
    private static final String TEST = """
            test: greeting
            cases:
              - name: says it
                expect: { outcome: succeeded }
            """;

    @TempDir
    static Path home;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        blueprint("1.0.0", FLOW);
        settings.add("patchbay.home", home::toString);
    }

    private static void blueprint(String version, String flow) throws IOException {
        write("blueprint.yaml", """
                blueprint: greeting
                version: %s
                title: A greeting
                description: Says what was answered.
                systems: [Log]
                picture: picture.svg
                questions:
                  words: { title: What is said, sets: ['routes/greeting.flow.yaml#variables.words'] }
                """.formatted(version));
        write("README.md", "# A greeting\n\n<img src=x onerror=alert(1)>\n");
        write(
                "picture.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\"><script>alert(1)</script><rect width=\"90\""
                        + " height=\"30\"/></svg>");
        write("routes/greeting.flow.yaml", flow);
        write("routes/greeting.test.yaml", TEST);
    }

    private static void write(String file, String text) throws IOException {
        Path path = home.resolve("blueprints/greeting").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void aBlueprintIsInstalledUpgradedAndRemoved() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            list(walk);
            about(walk);
            install(walk);
            upgrade(walk);
            remove(walk);
        });
    }

    private static void list(ConsoleWalk walk) {
        walk.to("blueprints");
        walk.seesHeading("Blueprints");
        walk.sees("a folder");
        walk.keep("blueprints");
    }

    private static void about(ConsoleWalk walk) {
        walk.follow("A greeting");
        walk.seesHeading("A greeting");
        walk.sees("<img src=x onerror=alert(1)>");
        Locator picture = walk.page().getByAltText("How A greeting works");
        seen(picture);
        assertThat(picture.evaluate("img => img.decode().then(() => img.naturalWidth)"))
                .isEqualTo(90);
        walk.keep("blueprint");
    }

    private static void install(ConsoleWalk walk) {
        Page page = walk.page();
        page.getByText("Install", new Page.GetByTextOptions().setExact(true)).click();
        walk.sees("To be answered: words.");
        page.getByLabel("Name of the install").fill("hi");
        page.getByLabel("What is said").fill("good day");
        walk.press("Show what \"Install\" does");
        walk.sees("routes/hi/greeting.flow.yaml");
        walk.sees("flow greeting is hi-greeting");
        walk.keep("blueprint-plan");
        walk.press("Install");
        walk.sees("hi was installed, 1 test of it passed.");
        walk.keep("blueprint-installed");
        assertThat(home.resolve("routes/hi/greeting.flow.yaml")).content().contains("good day", "status: draft");
    }

    private static void upgrade(ConsoleWalk walk) {
        Path flow = home.resolve("routes/hi/greeting.flow.yaml");
        try {
            Files.writeString(flow, Files.readString(flow).replace("id: 1 ", "id: 7 "));
            blueprint("1.1.0", FLOW.replace("id: 1 ", "id: 2 "));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        walk.to("blueprints");
        walk.sees("update");
        walk.to("blueprints/greeting#sheet=Installed");
        walk.sees("there is 1.1.0");
        walk.press("Show what \"Upgrade\" does");
        walk.sees("changed here and by the new version");
        walk.keep("blueprint-conflict");
        walk.press("Take the new version");
        walk.press("Upgrade");
        walk.sees("hi was upgraded, 1 test of it passed.");
        assertThat(flow).content().contains("id: 2 ", "good day");
    }

    private static void remove(ConsoleWalk walk) {
        walk.to("blueprints/greeting#sheet=Installed");
        walk.press("Show what \"Remove\" does");
        walk.sees("routes/hi/greeting.test.yaml");
        walk.doIt("Remove");
        walk.sees("Nothing was installed of it.");
        seen(walk.page().getByText("Nothing was installed of it."));
        assertThat(home.resolve("routes/hi")).doesNotExist();
    }
}
