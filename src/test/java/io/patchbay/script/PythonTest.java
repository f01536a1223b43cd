package io.patchbay.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.script.ScriptException.Kind;
import io.patchbay.script.Scripts.Bounds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class PythonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Scripts SCRIPTS = Scripts.ofFlows(new ScriptsProperties(
            Duration.ofSeconds(20), Duration.ofSeconds(20), DataSize.ofMegabytes(32), DataSize.ofKilobytes(256), 2));

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    private static Script script(String text) {
        return new Script("tidy.py", text, "handle");
    }

    private static Scripts.Answer call(String text, String input) throws Exception {
        return SCRIPTS.call(script(text), Bounds.NONE, JSON.readTree(input));
    }

    private static ScriptException failure(String text) {
        return catchThrowableOfType(ScriptException.class, () -> call(text, "{}"));
    }

    @Test
    void givesJsonInAndTakesJsonOut() throws Exception {
        JsonNode value = call("""
                def handle(data):
                    return {"n": data["n"] + 1, "all": list(reversed(data["ids"])), "none": None, "yes": True, "t": (1, 2)}
                """, """
                {"n": 41, "ids": ["a", "ü\\n\\"\\\\\\u0001", "😀"]}
                """).value();

        assertThat(value).isEqualTo(JSON.readTree("""
                {"n": 42, "all": ["😀", "ü\\n\\"\\\\\\u0001", "a"], "none": null, "yes": true, "t": [1, 2]}
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12345678901234567890123    | 12345678901234567890123
            -9007199254740993          | -9007199254740993
            0.1                        | 0.1
            12.5                       | 12.5
            1e100                      | 1e100
            123456789.12345678         | 123456789.12345678
            """)
    void keepsNumbers(String given, String expected) throws Exception {
        assertThat(call("def handle(data):\n  return data", given).value().decimalValue())
                .isEqualByComparingTo(JSON.readTree(expected).decimalValue());
    }

    @Test
    void runsTheLanguage() throws Exception {
        JsonNode value = call("""
                import json, re, math, binascii, heapq, random, struct
                from collections import namedtuple, OrderedDict, deque

                class Order:
                    def __init__(self, id, lines):
                        self.id, self.lines = id, lines

                    @property
                    def total(self):
                        return sum(line["price"] * line.get("count", 1) for line in self.lines)

                def numbers():
                    yield 1
                    yield from [2, 3]

                def handle(data):
                    order = Order(7, [{"price": 2}, {"price": 3, "count": 2}])
                    try:
                        {}["x"]
                    except KeyError as error:
                        missing = repr(error)
                    with_format = f"{order.id:03d}-{order.total}"
                    first, *rest = numbers()
                    word = re.match(r"([a-z]+)-(\\d+)", "abc-12")
                    return {
                        "total": order.total, "format": with_format, "rest": rest, "word": word.group(1),
                        "missing": missing, "sorted": sorted(["b", "a"], key=lambda s: s), "sqrt": int(math.sqrt(9)),
                        "json": json.loads(json.dumps({"a": [1, 2.5]})), "set": sorted({3, 1, 3}), "big": 2 ** 70,
                        "sub": re.sub("a", "b", "aba"), "strip": " x ".strip().upper(), "chunk": "a,b".split(","),
                    }
                """, "{}").value();

        assertThat(JSON.readTree(value.toString())).isEqualTo(JSON.readTree("""
                {"total": 8, "format": "007-8", "rest": [2, 3], "word": "abc", "missing": "KeyError('x',)",
                 "sorted": ["a", "b"], "sqrt": 3, "json": {"a": [1, 2.5]}, "set": [1, 3], "big": 1180591620717411303424,
                 "sub": "bbb", "strip": "X", "chunk": ["a", "b"]}
                """));
    }

    @Test
    void keepsNothingFromCallToCall() throws Exception {
        String counting = """
                calls = 0
                def handle(data):
                    global calls
                    calls += 1
                    patchbay.seen = getattr(patchbay, "seen", 0) + calls
                    return patchbay.seen
                """;

        for (int i = 0; i < 5; i++) {
            assertThat(call(counting, "{}").value().asInt()).isEqualTo(1);
        }
    }

    @Test
    void givesOtherRandomNumbersToEachCall() throws Exception {
        String text = "import random\ndef handle(data):\n  return [random.random(), patchbay.uuid()]";

        JsonNode first = call(text, "{}").value();
        JsonNode second = call(text, "{}").value();

        assertThat(first.get(0)).isNotEqualTo(second.get(0));
        assertThat(first.get(1)).isNotEqualTo(second.get(1));
    }

    @Test
    void hasToolsForProofs() throws Exception {
        assertThat(call("""
                def handle(data):
                    return [patchbay.digest("sha256", "abc").hex(), patchbay.hmac("sha1", "k", b"abc").hex(),
                            patchbay.base64("abc"), patchbay.fromBase64("YWJj").decode()]
                """, "{}").value().toString())
                .isEqualTo("[\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
                        + "\"f9bef091fe00d9f5128593836dba99e193f08174\",\"YWJj\",\"abc\"]");
    }

    @Test
    void logsWhatIsPrinted() throws Exception {
        assertThat(call("def handle(data):\n  print('a', 1)\n  patchbay.log('b', [2])\n  print('no end', end='')", "{}")
                        .log())
                .containsExactly("a 1", "b [2]", "no end");
    }

    @Test
    void goesThroughRecordsOfWhichOneFails() throws Exception {
        ObjectNode shared = (ObjectNode) JSON.readTree("{\"meta\": {}, \"flow\": {\"variables\": {\"n\": 0}}}");
        List<JsonNode> records =
                List.of(JSON.readTree("{\"id\": 1}"), JSON.readTree("{}"), JSON.readTree("{\"id\": 3}"));

        Scripts.Answers answers = SCRIPTS.each(script("""
                def handle(data):
                    n = data["flow"]["variables"]["n"] + 1
                    return {"payload": data["payload"]["id"], "flow": {"variables": {"n": n}}}
                """), Bounds.NONE, shared, records);

        assertThat(answers.values().get(0).value().toString())
                .contains("\"payload\":1")
                .contains("\"n\":1");
        assertThat(answers.values().get(1).failure()).hasMessage("tidy.py:3: KeyError: id");
        assertThat(answers.values().get(2).value().toString())
                .contains("\"payload\":3")
                .contains("\"n\":2");
    }

    @Test
    void collectsWhatALongLoopLeavesBehind() throws Exception {
        // 50 MB of texts that nothing holds, where 32 MB are allowed.
        assertThat(call("""
                def handle(data):
                    total = 0
                    for i in range(5000):
                        total += len("x" * 10000 + str(i)) > 0
                    return total
                """, "{}").value().asInt()).isEqualTo(5000);
    }

    @Test
    void keepsTheOrderOfKeys() throws Exception {
        String given = "{\"z\":1,\"id\":2,\"a\":{\"y\":1,\"b\":2,\"ü\":3},\"m\":4}";

        assertThat(call("def handle(data):\n  all = {'q': 1}\n  all.update(data)\n  all['b'] = 2\n  return all", given)
                        .value()
                        .toString())
                .isEqualTo("{\"q\":1," + given.substring(1, given.length() - 1) + ",\"b\":2}");
    }

    @Test
    void findsWhatIsInALargeDict() throws Exception {
        assertThat(call("""
                def handle(data):
                    all = {}
                    for i in range(20000):
                        all["k" + str(i)] = i
                    for i in range(0, 20000, 2):
                        del all["k" + str(i)]
                    copy = dict(all)
                    copy["more"] = 1
                    return [len(all), all["k19999"], "k2" in all, all == copy, len(copy), all.get("more")]
                """, "{}").value().toString()).isEqualTo("[10000,19999,false,false,10001,null]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', textBlock = """
            def handle(data):\\n  x = (1,\\n            | SYNTAX         | tidy.py:2: invalid syntax
            x = 1\\ndef handle(data:\\n  pass        | SYNTAX         | tidy.py:3: invalid syntax
            def handle(data):\\n return 1\\n   y = 2   | SYNTAX         | tidy.py:3: unexpected indent
            def other(data):\\n return 1             | NOT_A_FUNCTION | tidy.py: there is no function 'handle'
            handle = 7                              | NOT_A_FUNCTION | tidy.py: 'handle' is no function
            x = 1\\nx.y                              | THROWN         | tidy.py:2: AttributeError: 'int' object has no attribute 'y'
            def handle(d):\\n  x = 1\\n  raise ValueError('too far') | THROWN | tidy.py:3: ValueError: too far
            def handle(d):\\n  return {1, 2}         | NOT_JSON       | tidy.py: what 'handle' returned cannot be written as JSON: TypeError: a value of type 'set' has no JSON
            """)
    void saysWhatIsWrongAndWhere(String text, Kind kind, String message) {
        ScriptException failure = failure(text.replace("\\n", "\n"));

        assertThat(failure).hasMessage(message);
        assertThat(failure.kind()).isEqualTo(kind);
    }
}
