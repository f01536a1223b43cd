package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A message goes to whom it says, else to whom the settings say, and to nobody else; no two have one reference. */
class EdiWritingTest {

    private static FormatSettings settings(@Nullable String recipient, String reference) {
        EdiSettings edi = new EdiSettings(
                "SENDER",
                null,
                recipient,
                null,
                reference,
                1,
                "UNOC",
                "3",
                null,
                reference.equals("7") ? null : "D:96A:UN",
                null,
                false,
                null,
                false);
        return Enveloped.settings(FormatSettings.DEFAULT, StandardCharsets.UTF_8, edi);
    }

    private static String written(FormatName name, FormatSettings settings, List<String> records, List<Integer> refused)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = Formats.of(name).write(out, settings)) {
            for (int i = 0; i < records.size(); i++) {
                try {
                    writer.write(Json.MAPPER.readTree(records.get(i)));
                } catch (FormatException e) {
                    assertThat(e.goesOn()).isTrue();
                    refused.add(i);
                }
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1).replace("'", "\n").replace("~", "\n");
    }

    private static String record(String more) {
        return "{" + more + "\"segments\":[{\"tag\":\"BGM\",\"elements\":[\"220\"]}]}";
    }

    private static String edifact(String interchange, String reference) {
        String own = reference.isEmpty() ? "" : ",\"reference\":\"" + reference + "\"";
        return record((interchange.isEmpty() ? "" : "\"interchange\":{" + interchange + "},")
                + "\"message\":{\"type\":\"ORDERS\"" + own + "},");
    }

    @Test
    void aMessageWithoutInterchangeGoesToTheRecipientOfTheSettings() throws IOException {
        String text = written(
                FormatName.EDIFACT,
                settings("DEFAULT", "R-09"),
                List.of(edifact("\"recipient\":\"OTHER\"", ""), edifact("", ""), edifact("", "")),
                new java.util.ArrayList<>());

        assertThat(text)
                .contains(
                        "UNB+UNOC:3+SENDER+OTHER+700101:0000+R-09\nUNH+1+",
                        "UNZ+1+R-09\nUNB+UNOC:3+SENDER+DEFAULT+700101:0000+R-10\nUNH+2+",
                        "UNZ+2+R-10\n");
    }

    @Test
    void aMessageWithoutRecipientIsRefusedBehindOneThatHasOne() throws IOException {
        List<Integer> refused = new java.util.ArrayList<>();

        String text = written(
                FormatName.EDIFACT,
                settings(null, "1"),
                List.of(
                        edifact("\"recipient\":\"OTHER\"", ""),
                        edifact("", ""),
                        edifact("\"recipient\":\"OTHER\"", "")),
                refused);

        assertThat(refused).containsExactly(1);
        assertThat(text).containsOnlyOnce("UNB+").contains("UNZ+2+1");
    }

    @Test
    void aGroupOfX12WithoutRecipientGoesToThatOfTheSettings() throws IOException {
        FormatSettings settings = settings("DEFAULT", "7");
        String message = "\"message\":{\"type\":\"850\"},";

        String text = written(
                FormatName.X12,
                settings,
                List.of(record("\"group\":{\"recipient\":\"OTHER\"}," + message), record(message)),
                new java.util.ArrayList<>());

        assertThat(text)
                .contains(
                        "GS*PO*SENDER*OTHER*",
                        "*1*X*004010",
                        "GE*1*1\nGS*PO*SENDER*DEFAULT*",
                        "GE*1*2\nIEA*2*000000007");
    }

    @Test
    void noTwoMessagesHaveOneReference() throws IOException {
        List<Integer> refused = new java.util.ArrayList<>();

        String text = written(
                FormatName.EDIFACT,
                settings("R", "1"),
                List.of(
                        edifact("", "2"),
                        edifact("", "3"),
                        edifact("", ""),
                        edifact("", ""),
                        edifact("", "2"),
                        edifact("", "A"),
                        edifact("", "A")),
                refused);

        assertThat(refused).containsExactly(4, 6);
        assertThat(text.lines().filter(line -> line.startsWith("UNH")).map(line -> line.split("\\+", -1)[1]))
                .containsExactly("2", "3", "4", "5", "A");
        assertThat(text).contains("UNZ+5+1");
    }

    @Test
    void referencesOfManyMessagesAreKeptAsRanges() {
        EdiReferences references = new EdiReferences();
        for (int i = 1; i < 1_000; i += 2) {
            references.add(String.valueOf(i));
        }
        for (int i = 2; i < 1_000; i += 2) {
            assertThat(references.has(String.valueOf(i))).isFalse();
            assertThat(references.free(i)).isEqualTo(i);
            references.add(String.valueOf(i));
        }

        assertThat(references.free(1)).isEqualTo(1_000);
        assertThat(references.has("0999")).isTrue();
    }

    @Test
    void aReferenceOfX12ThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> {
                    try (RecordWriter writer =
                            Formats.of(FormatName.X12).write(new ByteArrayOutputStream(), settings("R", "R-1"))) {
                        writer.write(Json.MAPPER.readTree(record("\"message\":{\"type\":\"850\"},")));
                    }
                })
                .hasMessageContaining("no number of up to 9 digits");
    }
}
