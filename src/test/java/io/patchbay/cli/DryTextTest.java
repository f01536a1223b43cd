package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DryTextTest {

    @Test
    void whatAPayloadBringsDoesNotSteerTheTerminal() throws Exception {
        StringWriter out = new StringWriter();

        DryText.print(io.patchbay.payload.Json.MAPPER.readTree("""
            {
              "flow": "a",
              "status": "failed",
              "reason": "it said \\u001b]0;x\\u0007",
              "shapes": [{ "shape": "push" }],
              "counts": { "push": 1 },
              "writes": [{ "shape": "push", "what": "POST", "target": "/x", "kind": "request", "body": "one\\ntwo\\u009b2J", "answer": "201" }],
              "logs": [{ "level": "info", "text": "done\\u202e" }]
            }
            """), new PrintWriter(out));

        assertThat(out.toString())
                .contains("  it said  ]0;x \n", "    one\n    two 2J\n", "  info done \n")
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }
}
