package io.patchbay.route.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.expression.LookupTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFilesTest {

    private final TableFiles tables = new TableFiles();

    @Test
    void readsQuotedValuesWithCommasQuotesAndLineBreaks() {
        TableFiles.Tables read = tables.read(List.of(file(
                "routes/tables/carriers.csv",
                "key,value\r\nDHL,\"Deutsche, \"\"Post\"\"\"\r\nUPS,\"a\nb\"\r\nempty,\r\n")));

        assertThat(read.problems()).isEmpty();
        LookupTable carriers = read.tables().get("carriers");
        assertThat(carriers.columns()).containsExactly("key", "value");
        assertThat(carriers.value("DHL")).isEqualTo("Deutsche, \"Post\"");
        assertThat(carriers.value("UPS")).isEqualTo("a\nb");
        assertThat(carriers.value("empty")).isEmpty();
        assertThat(carriers.value("dhl")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,a;c,d                         | 1 | NO_HEADER
            a;c                             | 1 | NO_HEADER
            'a,;c,d'                        | 1 | NO_HEADER
            a,b,c;1,2,3;1,2                 | 3 | WRONG_COLUMNS
            ''                              | 1 | NO_HEADER
            key,value;a,1;b                 | 3 | WRONG_COLUMNS
            key,value;a,1;b,2,3             | 3 | WRONG_COLUMNS
            key,value;a,1;;b,2;a,3          | 5 | DUPLICATE_KEY
            key,value;a,"x;y";a,3           | 4 | DUPLICATE_KEY
            key,value;a,1;b,"x"y            | 3 | BAD_CSV
            key,value;a,1;b,"x;c,2          | 3 | BAD_CSV
            """)
    void saysWhereATableIsWrong(String text, int line, String code) {
        TableFiles.Tables read = tables.read(List.of(file("routes/tables/t.csv", text.replace(';', '\n'))));

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.at().line()).isEqualTo(line);
        });
        assertThat(read.tables()).isEmpty();
    }

    @Test
    void saysWhatStandsInThePlaceOfTheHeaderAndWhatToPutThere() {
        assertThat(tables.read(List.of(file("routes/tables/t.csv", "code,code,x\na,b,c\n")))
                        .problems())
                .singleElement()
                .asString()
                .isEqualTo(
                        "routes/tables/t.csv:1:1: the first line must name two columns or more, each one time; found 'code,code,x' [NO_HEADER]\n"
                                + "  hint: put a line like key,value before the rows");
    }

    @Test
    void keepsTheContentThatWasRightWhenANewVersionIsWrong() {
        tables.read(List.of(file("routes/tables/t.csv", "key,value\na,1\n")));

        TableFiles.Tables read = tables.read(List.of(file("routes/tables/t.csv", "key,value\na\n")));

        assertThat(read.tables())
                .hasEntrySatisfying("t", table -> assertThat(table.value("a")).isEqualTo("1"));
        assertThat(read.problems()).hasSize(1);
        assertThat(tables.read(List.of()).tables()).isEmpty();
    }

    @Test
    void refusesASecondTableOfTheSameName() {
        TableFiles.Tables read = tables.read(List.of(
                file("routes/a/tables/t.csv", "key,value\na,1\n"), file("routes/b/tables/t.csv", "key,value\na,2\n")));

        assertThat(read.tables())
                .hasEntrySatisfying("t", table -> assertThat(table.value("a")).isEqualTo("1"));
        assertThat(read.problems())
                .singleElement()
                .asString()
                .startsWith("routes/b/tables/t.csv: table 't' is taken by routes/a/tables/t.csv [DUPLICATE_TABLE]");
    }

    private static SourceFile file(String path, String text) {
        return new SourceFile(path, Path.of("home"), SourceKind.TABLE, text, Integer.toHexString(text.hashCode()));
    }
}
