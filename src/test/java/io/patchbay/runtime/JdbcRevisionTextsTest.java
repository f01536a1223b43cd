package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.route.Parts;
import io.patchbay.route.RevisionTexts.Kept;
import io.patchbay.route.RevisionTexts.Text;
import io.patchbay.script.ScriptLibrary.Source;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of flows and of their scripts in the embedded database. */
class JdbcRevisionTextsTest {

    private static final Text TEXT = new Text(
            "routes/f.flow.yaml",
            "flow: f",
            List.of(
                    new Source("a.js", "routes/scripts/a.js", "function handle() {}"),
                    new Source("b.js", "routes/scripts/b.js", "let ü = 1;")),
            new Parts(Map.of("carriers", "0a1b"), Map.of("push", "2c3d")));

    @TempDir
    Path home;

    private Store store;
    private JdbcRevisionTexts texts;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), home, Clock.systemUTC());
        texts = new JdbcRevisionTexts(store, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void givesAFlowBackWithTheScriptsThatItHad() {
        texts.keep("f", "1", TEXT);
        texts.keep("f", "2", new Text("routes/f.flow.yaml", "flow: f # 2", List.of(), null));

        assertThat(texts.text("f", "1")).contains(TEXT);
        assertThat(texts.text("f", "2").orElseThrow().scripts()).isEmpty();
        assertThat(texts.text("f", "3")).isEmpty();
    }

    @Test
    void keepsWhatATextWasMadeOfAlsoWhereTheSameTextHasOtherParts() {
        String file = "routes/environments/uk.yaml#f";
        texts.keep("f@uk", "1", new Text(file, "flow: f@uk", List.of(), null, "flow: f"));
        texts.keep("f@uk", "2", new Text(file, "flow: f@uk", List.of(), null));
        texts.keep("f@uk", "3", new Text(file, "flow: f@uk # other", List.of(), null));

        assertThat(texts.text("f@uk", "1").orElseThrow().origin()).isEqualTo("flow: f");
        assertThat(texts.text("f@uk", "2").orElseThrow().origin()).isEqualTo("flow: f");
        assertThat(texts.text("f@uk", "3").orElseThrow().origin()).isNull();
        texts.keep("f@uk", "1", new Text(file, "flow: f@uk", List.of(), null, "flow: f # made otherwise"));
        assertThat(texts.text("f@uk", "1").orElseThrow().origin()).isEqualTo("flow: f # made otherwise");
    }

    @Test
    void listsTheRevisionsOfAFlowNewestFirst() {
        Instant noon = Instant.parse("2026-11-29T12:00:00Z");
        for (int i = 1; i <= 3; i++) {
            new JdbcRevisionTexts(store, Clock.fixed(noon.plusSeconds(i), ZoneOffset.UTC)).keep("f", "r" + i, TEXT);
        }
        texts.keep("g", "of-another", TEXT);

        assertThat(texts.kept("f", 2))
                .containsExactly(
                        new Kept("r3", "routes/f.flow.yaml", noon.plusSeconds(3), 3, null, null),
                        new Kept("r2", "routes/f.flow.yaml", noon.plusSeconds(2), 2, null, null));
        assertThat(texts.kept("none", 2)).isEmpty();
    }

    @Test
    void keepingARevisionAgainChangesNothing() {
        texts.keep("f", "1", TEXT);
        texts.keep("f", "1", TEXT);

        assertThat(texts.text("f", "1")).contains(TEXT);
    }

    @Test
    void keepsVersionsAndWhatIsHeld() throws Exception {
        VersionsContract.holds(store, store);
    }

    @Test
    void numbersWhatWasKeptBeforeThereWereNumbers() throws Exception {
        Instant noon = Instant.parse("2026-11-29T12:00:00Z");
        for (String revision : List.of("late", "same-b", "same-a", "early")) {
            int second = List.of("early", "same-a", "late").indexOf(revision);
            Instant at = noon.plusSeconds(second < 0 ? 1 : second);
            new JdbcRevisionTexts(store, Clock.fixed(at, ZoneOffset.UTC)).keep("f", revision, TEXT);
        }
        texts.keep("g", "other", TEXT);
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop index flow_revision_number");
            statement.execute("alter table flow_revision drop column number");
            statement.execute("alter table flow_revision drop column parts");
            statement.execute("delete from schema_script where name = '080-versions'");
        }

        close();
        open();

        assertThat(texts.kept("f", 9)).extracting(Kept::revision).containsExactly("late", "same-b", "same-a", "early");
        assertThat(texts.kept("f", 9)).extracting(Kept::number).containsExactly(4, 3, 2, 1);
        assertThat(texts.text("f", "late").orElseThrow().parts())
                .as("not known")
                .isNull();
        texts.keep("f", "next", TEXT);
        assertThat(texts.one("f", "next")).map(Kept::number).contains(5);
    }
}
