package io.patchbay.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.script.ScriptException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class ScriptsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Scripts SCRIPTS = new Scripts(new ScriptsProperties(
            Duration.ofSeconds(20), Duration.ofSeconds(20), DataSize.ofMegabytes(32), DataSize.ofKilobytes(64), 3));

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    private static Script script(String text) {
        return new Script("next.js", text, "next");
    }

    private static Scripts.Answer call(String text, String input) throws Exception {
        return SCRIPTS.call(script(text), JSON.readTree(input));
    }

    private static ScriptException failure(String text) {
        return catchThrowableOfType(ScriptException.class, () -> call(text, "{}"));
    }

    @Test
    void givesJsonInAndTakesJsonOut() throws Exception {
        JsonNode value = call(
                        "function next(page) { return {query: {page: page.n + 1, all: [...page.ids].reverse()}}; }",
                        """
                        {"n": 41, "ids": ["a", "ü\\n"]}
                        """)
                .value();

        assertThat(value).isEqualTo(JSON.readTree("{\"query\": {\"page\": 42, \"all\": [\"ü\\n\", \"a\"]}}"));
    }

    @Test
    void whoWaitsForAnAnswerWaitsNoLongerThanTheySayForAPlace() throws Exception {
        try (Scripts one = new Scripts(new ScriptsProperties(
                Duration.ofMinutes(1), Duration.ofMinutes(1), DataSize.ofMegabytes(32), DataSize.ofKilobytes(64), 1))) {
            CompletableFuture<Runnable> giveUp = new CompletableFuture<>();
            CompletableFuture<ScriptException> endless = CompletableFuture.supplyAsync(() ->
                    failure(one, "function next() { while (true) {} }", new Scripts.Bounds(null, giveUp::complete)));
            Scripts.Bounds soon = Scripts.Bounds.whole(null, Duration.ofMillis(50));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(failure(one, "function next() { return 1; }", soon))
                            .hasMessageContaining("found no free place in time")
                            .extracting(ScriptException::kind)
                            .isEqualTo(Kind.BUSY));

            giveUp.get(30, TimeUnit.SECONDS).run();
            assertThat(endless.get(30, TimeUnit.SECONDS).kind()).isEqualTo(Kind.INTERRUPTED);
        }
    }

    private static ScriptException failure(Scripts scripts, String text, Scripts.Bounds bounds) {
        return catchThrowableOfType(
                ScriptException.class, () -> scripts.call(script(text), bounds, JSON.createObjectNode()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            const next = () => 1;                         | 1
            let next = async () => { await null; return 2; } | 2
            'use strict'; function next() { return 3 } // | 3
            var next = function () { return null }        | null
            class A { x = 5 } function next() { return new A() } | {"x":5}
            """)
    void findsTheFunctionHoweverItIsWritten(String text, String expected) throws Exception {
        assertThat(call(text, "{}").value()).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void keepsNothingFromCallToCall() throws Exception {
        String counting = "let calls = 0; Object.prototype.seen = Object.prototype.seen;"
                + "function next() { Array.prototype.push = () => 'mine'; globalThis.left = 1; return ++calls; }";

        for (int i = 0; i < 5; i++) {
            assertThat(call(counting, "{}").value().asInt()).isEqualTo(1);
        }
        assertThat(call("function next() { return [typeof left, [].push(1)]; }", "{}")
                        .value()
                        .toString())
                .isEqualTo("[\"undefined\",1]");
    }

    @Test
    void givesEachOfManyCallsAtOnceItsOwnValue() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String input = Integer.toString(i);
                String text = "function next(i) { return 'call ' + i + ' of " + i % 4 + "'; }";
                answers.add(callers.submit(() -> call(text, input).value()));
            }
            for (int i = 0; i < 60; i++) {
                assertThat(answers.get(i).get().asText()).isEqualTo("call " + i + " of " + i % 4);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void saysTheLineOfASyntaxError() {
        ScriptException failure = catchThrowableOfType(
                ScriptException.class, () -> SCRIPTS.check(script("// head\nfunction next() {\n  return {a: };\n}\n")));

        assertThat(failure.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(failure).hasMessageStartingWith("next.js:3: unexpected token");
    }

    @Test
    void saysTheLineOfATextThatBreaksOff() {
        ScriptException failure = failure("function next() {\n  return `abc\n");

        assertThat(failure.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void saysThatAFunctionIsNotThere() {
        assertThat(failure("function nxt() {}").kind()).isEqualTo(Kind.NOT_A_FUNCTION);
        assertThat(failure("const next = 7")).hasMessage("next.js: 'next' is no function");
    }

    @Test
    void saysTheLineOfAnErrorThatWasThrown() {
        ScriptException failure = failure(
                "// head\nfunction next(page) {\n  check(page);\n}\nfunction check(page) {\n  throw new TypeError('no b');\n}");

        assertThat(failure.kind()).isEqualTo(Kind.THROWN);
        assertThat(failure).hasMessageStartingWith("next.js:6: TypeError: no b");
    }

    @Test
    void saysThatNothingWasReturned() {
        assertThat(failure("function next() { }")).hasMessage("next.js: 'next' returned nothing");
        assertThat(failure("function next() { return { payload: next, logs: [] }; }"))
                .hasMessage("next.js: what 'next' returned cannot be written as JSON: 'payload' is a function");
    }

    @Test
    void keepsWhatAScriptLogs() throws Exception {
        Scripts.Answer answer = call(
                "function next(page) { console.log('page', page); patchbay.log('x'); return null; }", "{\"n\": 1}");

        assertThat(answer.log()).containsExactly("page {\"n\":1}", "x");
    }

    @Test
    void hasWhatSignaturesAreMadeOf() throws Exception {
        // RFC 4231, test case 2; RFC 2202; RFC 4648 section 10; FIPS 180 "abc".
        String text = """
                function next() {
                  const {hmac, digest, hex, base64, base64url, fromBase64, fromHex, utf8} = patchbay;
                  return [
                    hex(hmac('sha256', 'Jefe', 'what do ya want for nothing?')),
                    hex(hmac('sha1', 'Jefe', 'what do ya want for nothing?')),
                    hex(digest('sha256', 'abc')),
                    base64('foob'), base64url(fromHex('fbff')), utf8(fromBase64('Zm9vYg==')),
                    hex(hmac('SHA-512', fromHex('4a656665'), 'what do ya want for nothing?')).slice(0, 16),
                    patchbay.uuid().length, patchbay.uuid() === patchbay.uuid()];
                }""";

        assertThat(call(text, "{}").value()).isEqualTo(JSON.readTree("""
                        ["5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                         "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                         "Zm9vYg==", "-_8", "foob", "164b7a7bfcf819e2", 36, false]
                        """));
    }

    @Test
    void throwsWhereAToolCannotAnswer() {
        assertThat(failure("function next() {\n return patchbay.digest('sha3', 'x'); }"))
                .hasMessage("next.js:2: TypeError: digest: 'sha3' is not known");
    }

    @Test
    void hasOtherRandomNumbersInEachCall() throws Exception {
        String text = "function next() { return Math.random(); }";

        assertThat(call(text, "{}").value()).isNotEqualTo(call(text, "{}").value());
    }

    @Test
    void refusesValuesThatAreTooLarge() {
        ScriptException out = failure("function next() { return 'x'.repeat(70000); }");
        ScriptException in = catchThrowableOfType(
                ScriptException.class,
                () -> SCRIPTS.call(
                        script("function next() {}"), JSON.getNodeFactory().textNode("x".repeat(70_000))));

        assertThat(out.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(in.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(out).hasMessageContaining("64 KB").hasMessageContaining("patchbay.scripts.value");
    }
}
