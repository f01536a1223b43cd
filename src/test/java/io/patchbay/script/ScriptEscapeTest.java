package io.patchbay.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.script.ScriptException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** Scripts that want out, or want everything: each ends within its limits, with an error of a kind, and the next call works. */
class ScriptEscapeTest {

    private static final ObjectNode DATA = JsonNodeFactory.instance.objectNode();

    static {
        DATA.putObject("payload").put("id", 1);
    }

    private static final Scripts IMPATIENT = within(Duration.ofMillis(150));
    private static final Scripts PATIENT = within(Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        IMPATIENT.close();
        PATIENT.close();
    }

    private static Scripts within(Duration time) {
        return new Scripts(new ScriptsProperties(time, time, DataSize.ofMegabytes(16), DataSize.ofKilobytes(64), 2));
    }

    @ParameterizedTest
    @MethodSource({"io.patchbay.script.EscapeCorpus#javaScript", "io.patchbay.script.EscapeCorpus#python"})
    void endsAsTheCorpusSays(EscapeCorpus.Attempt attempt) throws Exception {
        Scripts scripts = attempt.ends() == Kind.TIMEOUT ? IMPATIENT : PATIENT;

        if (attempt.ends() == null) {
            assertThat(scripts.call(attempt.script(), DATA).value()).isEqualTo(attempt.gives());
        } else {
            ScriptException failure =
                    catchThrowableOfType(ScriptException.class, () -> scripts.call(attempt.script(), DATA));
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(attempt.ends());
            assertThat(failure.getMessage().length()).isLessThan(3000);
        }
        assertThatTheNextCallWorks();
    }

    @Test
    void offersNothingButTheLanguageAndItsTools() throws Exception {
        String names = call("function next() { return Object.getOwnPropertyNames(globalThis).filter("
                        + "n => !/^[A-Z]/.test(n)).sort().join(' '); }")
                .value()
                .asText();

        assertThat(Set.of(names.split(" ")))
                .containsExactlyInAnyOrder(
                        "__call",
                        "__read",
                        "console",
                        "decodeURI",
                        "decodeURIComponent",
                        "encodeURI",
                        "encodeURIComponent",
                        "escape",
                        "eval",
                        "globalThis",
                        "isFinite",
                        "isNaN",
                        "next",
                        "parseFloat",
                        "parseInt",
                        "patchbay",
                        "queueMicrotask",
                        "undefined",
                        "unescape");
    }

    @Test
    void leavesTheHostsFilesAlone() throws Exception {
        Path canary = Files.writeString(folder.resolve("canary"), "untouched");
        String path = canary.toString().replace("\\", "/");

        for (String body : new String[] {
            "return require('fs').writeFileSync('PATH', 'x')",
            "return std.open('PATH', 'w')",
            "return (await import('PATH')).default",
            "return [].constructor.constructor(\"return import('PATH')\")()",
        }) {
            String text = "async function next() { " + body.replace("PATH", path) + " }";
            assertThat(catchThrowableOfType(ScriptException.class, () -> call(text))
                            .kind())
                    .isEqualTo(Kind.THROWN);
        }

        assertThat(canary).hasContent("untouched");
        assertThat(folder).isDirectoryContaining("glob:**canary");
    }

    @Test
    void stopsAScriptThatDoesNotEndWhileItIsRead() {
        assertThat(catchThrowableOfType(ScriptException.class, () -> call(IMPATIENT, "for (;;); function next() {}"))
                        .kind())
                .isEqualTo(Kind.TIMEOUT);
        assertThatTheNextCallWorks();
    }

    @Test
    void cannotBeToldToRunMoreThanItsText() {
        String text = "function next() { return 1 } /* never closed";

        assertThat(catchThrowableOfType(ScriptException.class, () -> call(text)).kind())
                .isEqualTo(Kind.SYNTAX);
    }

    /** What a script can do to the objects that the program in the guest could ask. */
    private static final String PATCHED = """
            const huge = 'x'.repeat(1000000);
            String.prototype.slice = () => huge;
            String.prototype.substr = () => huge;
            Array.prototype.join = () => huge;
            Array.prototype.map = () => [huge];
            Array.prototype.toJSON = () => [huge, huge, huge, huge];
            Array.prototype[Symbol.iterator] = function* () { yield huge; };
            RegExp.prototype.exec = () => { throw huge };
            Function.prototype.call = () => huge;
            Function.prototype.apply = () => huge;
            Reflect.apply = () => huge;
            TextEncoder.prototype.encode = () => huge;
            """;

    @Test
    void logsShortLinesWhateverItMakesOfTheBuiltInObjects() throws Exception {
        List<String> log = call(PATCHED + "function next() { patchbay.log('a', huge); patchbay.log('b'); return 1; }")
                .log();

        assertThat(log).hasSize(2);
        assertThat(log.get(0)).hasSize(1000).startsWith("a xxx");
        assertThat(log.get(1)).isEqualTo("b");
    }

    @Test
    void usesItsToolsAsTheyWereBefore() throws Exception {
        String hash = call(PATCHED + "function next() { return patchbay.hex(patchbay.digest('md5', 'a')); }")
                .value()
                .asText();

        assertThat(hash).isEqualTo("0cc175b9c0f1b6a831c399e269772661");
    }

    @Test
    void failsWithAShortMessageWhateverItMakesOfTheBuiltInObjects() {
        ScriptException failure = catchThrowableOfType(
                ScriptException.class,
                () -> call(PATCHED + "function next() { const e = new Error(huge); e.stack = huge; throw e; }"));

        assertThat(failure.kind()).isEqualTo(Kind.THROWN);
        assertThat(failure.getMessage().length()).isLessThan(3000);
    }

    @Test
    void leavesNothingOfACallInAGuestThatWaits() throws Exception {
        try (Scripts scripts = within(Duration.ofSeconds(30))) {
            call(scripts, "function next() { patchbay.log('secret'); return 'secret'; }");

            assertThat(scripts)
                    .extracting("guests.idle", InstanceOfAssertFactories.ITERABLE)
                    .hasSize(1)
                    .extracting("bridge")
                    .allSatisfy(bridge -> assertThat(bridge)
                            .usingRecursiveComparison()
                            .ignoringFields("questions")
                            .isEqualTo(new Bridge()));
        }
    }

    private static Scripts.Answer call(String text) throws ScriptException {
        return call(PATIENT, text);
    }

    private static Scripts.Answer call(Scripts scripts, String text) throws ScriptException {
        return scripts.call(new Script("evil.js", text, "next"), JsonNodeFactory.instance.objectNode());
    }

    private static void assertThatTheNextCallWorks() {
        try {
            assertThat(call("function next() { return [1].concat(2); }").value().toString())
                    .isEqualTo("[1,2]");
            Script python = new Script("good.py", "def next(data):\n  return [len(str(data)), 2]", "next");
            assertThat(PATIENT.call(python, JsonNodeFactory.instance.objectNode())
                            .value()
                            .toString())
                    .isEqualTo("[2,2]");
        } catch (ScriptException e) {
            throw new AssertionError(e);
        }
    }
}
