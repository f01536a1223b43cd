package io.patchbay.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Scripts that want out, or want everything: each ends within its limits, with an error of a kind, and the next call works. */
class ScriptEscapeTest {

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
    @CsvSource(delimiter = '|', quoteCharacter = '#', textBlock = """
            for (;;) {}                                                  | TIMEOUT
            while (true) { await null }                                  | TIMEOUT
            return /^(a+)+$/.test('a'.repeat(60) + 'b')                  | TIMEOUT
            return [1, 2].sort(() => { for (;;); })                      | TIMEOUT
            return {get a() { for (;;); }}                               | TIMEOUT
            return {toJSON() { for (;;); }}                              | TIMEOUT
            return new Proxy({}, {get() { for (;;); }})                  | TIMEOUT
            throw {get message() { for (;;); }}                          | TIMEOUT
            return new ArrayBuffer(10 * 1024 ** 3)                       | THROWN
            return new Uint8Array(1e9).length                            | MEMORY
            const all = []; for (;;) all.push(new Array(1000).fill(1.5)) | MEMORY
            globalThis.all = []; for (;;) all.push(new Array(100).fill({})) | MEMORY
            let s = 'x'; for (;;) s += s                                 | THROWN
            const m = new Map(); for (let i = 0;; i++) m.set(i, {i})     | MEMORY
            const f = () => f() + 1; return f()                          | STACK
            let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a  | STACK
            return 'x'.repeat(100000)                                    | TOO_LARGE
            return new Promise(() => {})                                 | UNSETTLED
            return {then() {}}                                           | UNSETTLED
            return 10n                                                   | NOT_JSON
            const a = {}; a.a = a; return a                              | NOT_JSON
            return () => 1                                               | NOT_JSON
            return Symbol('x')                                           | NOT_JSON
            return {get a() { throw new Error('trap') }}                 | NOT_JSON
            return {toJSON() { throw null }}                             | NOT_JSON
            throw null                                                   | THROWN
            throw undefined                                              | THROWN
            throw {toString() { throw 1 }}                               | THROWN
            throw new Proxy({}, {get() { throw 1 }, getPrototypeOf() { throw 2 }}) | THROWN
            throw Object.create(null)                                    | THROWN
            throw Object.assign(new Error('x'), {stack: 7, name: {}})    | THROWN
            await Promise.reject(new Error('x'))                         | THROWN
            await import('os')                                           | THROWN
            await import('/etc/passwd')                                  | THROWN
            return require('fs')                                         | THROWN
            return process.env                                           | THROWN
            return std.getenv('PATH')                                    | THROWN
            return os.exec(['touch', 'x'])                               | THROWN
            return Java.type('java.lang.Runtime')                        | THROWN
            return Packages.java.lang.System.exit(1)                     | THROWN
            return java_invoke('host', 'done', '[]')                     | THROWN
            return Javy.IO.readSync(0, new Uint8Array(9))                | THROWN
            return [].constructor.constructor('return java_invoke')()    | THROWN
            return this.constructor.constructor('return process')()      | THROWN
            return eval('quickjs4j_engine')                              | THROWN
            return (0, eval)('host.done("1")')                           | THROWN
            return fetch('http://127.0.0.1/')                            | THROWN
            return new WebAssembly.Memory({initial: 1})                  | THROWN
            return await main()                                          | THROWN
            """)
    void endsWithAnErrorOfItsKind(String body, Kind kind) {
        Scripts scripts = kind == Kind.TIMEOUT ? IMPATIENT : PATIENT;
        ScriptException failure = catchThrowableOfType(
                ScriptException.class, () -> call(scripts, "async function next() { " + body + " }"));

        assertThat(failure).as(body).isNotNull();
        assertThat(failure.kind()).as(body + " -> " + failure.getMessage()).isEqualTo(kind);
        assertThat(failure.getMessage().length()).isLessThan(3000);
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
                    .extracting("idle", InstanceOfAssertFactories.ITERABLE)
                    .hasSize(1)
                    .extracting("bridge")
                    .allSatisfy(bridge ->
                            assertThat(bridge).usingRecursiveComparison().isEqualTo(new Bridge()));
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
        } catch (ScriptException e) {
            throw new AssertionError(e);
        }
    }
}
