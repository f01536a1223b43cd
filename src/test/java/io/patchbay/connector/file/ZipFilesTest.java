package io.patchbay.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.camel.Asides;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members of zip files are read as records. */
class ZipFilesTest extends FilesOfABox {

    private void connector(String content) throws Exception {
        world.write("connectors/box/connector.yaml", """
                connector: box
                version: 1.0.0
                requester: {baseUrl: 'file:data/files'}
                endpoints:
                  some.read: {kind: read, file: {op: read, path: stock.zip, content: {%s}}}
                """.formatted(content));
        world.write("connectors/box/instances/box.yaml", "{instance: box, connector: box}");
        world.reload();
    }

    private List<Pull.Element> skipping(@Nullable JsonNode from) throws Exception {
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), from, from == null ? 0 : 1);
        return world.pull("connector:box/some.read", attempt, Asides.SKIPS);
    }

    /** What a pull fails with that puts nothing aside. */
    private StepException failure() throws Exception {
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
        List<Pull.Element> all = world.pull("connector:box/some.read", attempt, null);
        return ((Pull.Failed) all.get(all.size() - 1)).why();
    }

    private static String textOf(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    private void zip(String name, Map<String, String> members) throws Exception {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                out.putNextEntry(new ZipEntry(member.getKey()));
                out.write(member.getValue().replace('~', '\n').getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static Map<String, String> members(String... all) {
        Map<String, String> members = new LinkedHashMap<>();
        for (int i = 0; i < all.length; i += 2) {
            members.put(all[i], all[i + 1]);
        }
        return members;
    }

    /** Each element with the member that it is of. */
    private static List<String> ofMembers(List<Pull.Element> all) {
        return all.stream()
                .filter(one -> !(one instanceof Pull.End))
                .map(one -> one instanceof Pull.Page page ? page.payload() : ((Pull.Aside) one).payload())
                .map(one -> one.meta().get("member.name") + " " + one.meta().get("source.records") + " "
                        + textOf(one).strip().replace("\r\n", "~"))
                .toList();
    }

    @Test
    void membersOfAZipFileAreReadOneAfterTheOther() throws Exception {
        connector("format: auto, unpack: zip, chunk: 2");
        zip(
                "stock.zip",
                members(
                        "a.csv",
                        "a~1~2,x~3~4~",
                        "sub/",
                        "",
                        "sub/none.csv",
                        "a~",
                        "b.ndjson",
                        "{\"a\":5}~{\"a\":~{\"a\":7}~"));

        List<Pull.Element> all = skipping(null);

        assertThat(ofMembers(all))
                .containsExactly(
                        "a.csv null a~2,x",
                        "a.csv 1, 3 [{\"a\":\"1\"},{\"a\":\"3\"}]",
                        "a.csv 4 [{\"a\":\"4\"}]",
                        "b.ndjson null {\"a\":",
                        "b.ndjson 1, 3 [{\"a\":5},{\"a\":7}]");
        assertThat(Asides.of(all)).extracting(Payload::lineage).doesNotHaveDuplicates();
        assertThat(((Pull.Aside) all.get(0)).why())
                .hasMessageContaining("member 'a.csv' of file 'stock.zip' cannot be read as csv: row 3 has 2 values")
                .hasMessageContaining("record 2, line 3");
        world.assertNothingLeft();
    }

    @Test
    void aPullOfMembersThatBrokeGoesOnBehindWhatWasDelivered() throws Exception {
        connector("format: csv, unpack: zip, chunk: 2");
        zip("stock.zip", members("a.csv", "a~1~2~3~", "b.csv", "a~4~"));
        List<Pull.Element> all = skipping(null);

        List<Pull.Element> rest = skipping(((Pull.Page) all.get(0)).next());

        assertThat(ofMembers(rest)).isEqualTo(ofMembers(all).subList(1, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../a.csv | a~1~ | leads out of its folder",
                "a.csv | a~1,2~ | member 'a.csv' of file 'stock.zip' cannot be read as csv: row 2 has 2 values",
                "read.me | hello | neither the name of member 'read.me' of file 'stock.zip' nor its beginning says its format",
            })
    void aZipFileThatCannotBeReadIsTold(String name, String content, String said) throws Exception {
        connector("format: auto, unpack: zip");
        zip("stock.zip", members(name, content));

        assertThat(failure()).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.csv | a.csv out/b.csv out/deep/c.csv",
                "out/*.csv | out/b.csv",
                "*/*/{c,d}.csv | out/deep/c.csv",
                "a.csv | a.csv",
            })
    void membersAreChosenByTheirNames(String pattern, String chosen) throws Exception {
        connector("format: csv, unpack: zip, members: '" + pattern + "'");
        zip(
                "stock.zip",
                members(
                        "readme.txt",
                        "a,b~1,2,3~",
                        "a.csv",
                        "a~1~",
                        "out/.b.csv",
                        "x~9~",
                        "out/b.csv",
                        "a~2~",
                        "out/deep/c.csv",
                        "a~3~"));

        assertThat(ofMembers(skipping(null)))
                .extracting(one -> one.substring(0, one.indexOf(' ')))
                .containsExactly(chosen.split(" "));
    }

    @Test
    void aZipFileWithoutSuchAMemberNamesThoseThatAreThere() throws Exception {
        connector("format: csv, unpack: zip, members: '*.xml'");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            many.put("out/m" + i + ".csv", "a~1~");
        }
        zip("stock.zip", many);

        assertThat(failure())
                .hasMessageContaining("has no member that 'members: *.xml' means; it has 'out/m0.csv', 'out/m1.csv',")
                .hasMessageEndingWith("'out/m9.csv' and 2 more");
    }

    @ParameterizedTest
    @CsvSource({"../*.csv", "/etc/*", "a//b.csv", "''", "'c:*'", "out/"})
    void aPatternThatLeadsOutsideOrMeansNothingIsRefused(String pattern) throws Exception {
        assertThatThrownBy(() -> connector("format: csv, unpack: zip, members: '" + pattern + "'"))
                .hasMessageContaining("'members' must be a pattern of names in the zip file");
    }

    @Test
    void aFileThatIsNoZipFileIsTold() throws Exception {
        connector("format: csv, unpack: zip");
        Files.writeString(folder.resolve("stock.zip"), "a,b\n1,2\n");

        assertThat(failure()).hasMessageContaining("is no zip file that is taken: it is none, or has no members");
    }
}
