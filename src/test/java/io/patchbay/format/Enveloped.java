package io.patchbay.format;

import java.nio.charset.Charset;

/** Settings of a format with an envelope around messages, for tests. */
final class Enveloped {

    private Enveloped() {}

    static FormatSettings settings(FormatSettings plain, Charset charset, EdiSettings edi) {
        return new FormatSettings(
                charset,
                plain.csv(),
                plain.json(),
                plain.xml(),
                plain.fixed(),
                plain.xlsx(),
                edi,
                plain.at(),
                plain.records(),
                plain.root(),
                plain.element());
    }
}
