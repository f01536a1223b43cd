package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.json a.json true",
                "*.json a.json.tmp false",
                "?.json a.json true",
                "?.json ab.json false",
                "{a,b}.csv b.csv true",
                "{a,b}.csv c.csv false",
                "a}.txt a}.txt true",
                "{a,b a true",
                "a+b.txt a+b.txt true",
                "* .hidden false",
                ".* .hidden true"
            })
    void meansNames(String pattern, String name, boolean meant) {
        assertThat(new Glob(pattern).means(name)).isEqualTo(meant);
    }
}
