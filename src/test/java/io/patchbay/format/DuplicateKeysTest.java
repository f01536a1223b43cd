package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.RecordPath;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that stands twice in one object is told: one of its values would be lost. And so would a second document. */
class DuplicateKeysTest {

    private static final FormatSettings LAST = settings("$[*]", JsonSettings.DuplicateKeys.LAST);

    private static FormatSettings settings(String records, JsonSettings.DuplicateKeys keys) {
        FormatSettings plain = FormatSettings.DEFAULT;
        return new FormatSettings(
                plain.charset(),
                plain.csv(),
                new JsonSettings(keys),
                plain.xml(),
                null,
                plain.xlsx(),
                plain.edi(),
                plain.at(),
                RecordPath.parse(records),
                null,
                null);
    }

    /** What is read, in order: a record as its text, a wrong one as what was found of it. */
    private static List<String> read(FormatName name, String text, FormatSettings settings) throws IOException {
        return read(name, text, settings, StandardCharsets.UTF_8);
    }

    private static List<String> read(FormatName name, String text, FormatSettings settings, Charset charset)
            throws IOException {
        List<String> all = new ArrayList<>();
        try (Records records = Formats.of(name).read(new InMemory(text.getBytes(charset)), settings)) {
            while (true) {
                try {
                    JsonNode next = records.next();
                    if (next == null) {
                        return all;
                    }
                    all.add(next.toString());
                } catch (FormatException e) {
                    assertThat(e.goesOn()).as(e.getMessage()).isTrue();
                    all.add("wrong " + e.found().asText());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // a value of each kind, at any depth, in any order
                "JSON | [{'a':1},{'b':1,'b':2},{'c':3}] | wrong {'b':1,'b':2}",
                "JSON | [{'a':1},{'b':[{'k':{'x':1},'y':0,'k':[2]}]},{'c':3}] | wrong {'b':[{'k':{'x':1},'k':[2],'y':0}]}",
                "JSON | [{'a':1},{'b':null,'b':null,'b':1.50},{'c':3}] | wrong {'b':null,'b':null,'b':1.50}",
                "JSON | [{'a':1},{'b':1,'b':1,'d':{'e':1,'e':2}},{'c':3}] | wrong {'b':1,'b':1,'d':{'e':1,'e':2}}",
                "NDJSON | {'a':1}~{'b':1,  'b':2}~{'c':3} | wrong {'b':1,  'b':2}",
            })
    void theRecordThatHasItGoesAsideWithAllItsValuesAndTheOthersGoOn(FormatName name, String text, String wrong)
            throws IOException {
        String json = text.replace('\'', '"').replace('~', '\n');

        assertThat(read(name, json, FormatSettings.DEFAULT))
                .containsExactly("{\"a\":1}", wrong.replace('\'', '"'), "{\"c\":3}");
        assertThat(read(name, json, LAST))
                .hasSize(3)
                .noneMatch(one -> one.startsWith("wrong"))
                .doesNotContain("{\"b\":1}");
    }

    @Test
    void inOtherCharacterSetsToo() throws IOException {
        FormatSettings wide = new FormatSettings(
                StandardCharsets.UTF_16LE,
                LAST.csv(),
                JsonSettings.DEFAULT,
                LAST.xml(),
                null,
                LAST.xlsx(),
                LAST.edi(),
                LAST.at(),
                null,
                null,
                null);

        assertThat(read(FormatName.JSON, "[{\"ö\":1,\"ö\":2},3]", wide, StandardCharsets.UTF_16LE))
                .containsExactly("wrong {\"ö\":1,\"ö\":2}", "3");
    }

    @Test
    void keyRecordByteAndFieldAreTold() {
        assertThatThrownBy(() -> first(FormatName.JSON, "[{\"o\":{\"ä\\u0007\":1,\"ä\\u0007\":2}}]", "$[*]"))
                .hasMessage("the key 'ä?' stands twice in one object; 'json: { duplicateKeys: last }' takes the last of"
                        + " its values (record 1, byte 1, field 'o.ä?')");
        assertThatThrownBy(() -> first(FormatName.NDJSON, "{\"a\":1,\"a\":2}", "$[*]"))
                .hasMessageStartingWith("the key 'a' stands twice in one object;")
                .hasMessageContaining("(record 1, line 1, byte 0, field 'a')");
    }

    private static void first(FormatName name, String text, String records) throws IOException {
        FormatSettings settings = settings(records, JsonSettings.DuplicateKeys.FAIL);
        try (Records all = Formats.of(name).read(new InMemory(text.getBytes(StandardCharsets.UTF_8)), settings)) {
            for (JsonNode record = all.next(); record != null; record = all.next()) {
                assertThat(record).isNotNull();
            }
        }
    }

    @Test
    void aDocumentThatIsReadAsAWholeFails() throws IOException {
        InMemory content = new InMemory("{\"a\":1,\n\"a\":{}}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Formats.of(FormatName.JSON).document(content, FormatSettings.DEFAULT))
                .hasMessageContaining("the key 'a' stands twice in one object")
                .hasMessageContaining("line: 2");
        assertThat(Formats.of(FormatName.JSON).document(content, LAST)).hasToString("{\"a\":{}}");
    }

    /** What is read record by record has no last one: the list was handed on by then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'d':{'l':[1]},'x':{'d':0,'l':0},'d':{'l':[2]}} | the key 'd' stands twice in one object, and records stand in it (line 1",
                "{'d':{'l':[1],'x':[{'l':0}],'l':[2]}} | the key 'l' stands twice in one object, and records stand in it (line 1",
                "{'d':{},'d':{'l':[1]}} | the key 'd' stands twice",
                "{'d':{'l':[1]}} {'d':{'l':[2]}} | more follows behind the JSON (line 1",
                "{'d':{'l':[1]}} x | breaks its rules (line 1, column 17; behind record 1)",
                "{'d':{'l':[1]}}] | breaks its rules (line 1",
            })
    void whatWouldHideRecordsIsAnErrorBehindTheRecordsBeforeIt(String text, String said) {
        for (JsonSettings.DuplicateKeys keys : JsonSettings.DuplicateKeys.values()) {
            NotRead thrown = catchThrowableOfType(
                    NotRead.class, () -> read(FormatName.JSON, text.replace('\'', '"'), settings("$.d.l[*]", keys)));

            assertThat(thrown.sentence("{", null))
                    .contains(said)
                    .contains("behind record ")
                    .doesNotContain("duplicateKeys");
        }
    }

    @Test
    void keysOfOneNameInDifferentObjectsAreNone() throws IOException {
        String text = "{\"l\":[{\"l\":1},{\"l\":{\"l\":[{\"l\":2}]}}],\"x\":{\"l\":3,\"x\":1}} \n";

        assertThat(read(FormatName.JSON, text, settings("$.l[*]", JsonSettings.DuplicateKeys.FAIL)))
                .containsExactly("{\"l\":1}", "{\"l\":{\"l\":[{\"l\":2}]}}");
    }
}
