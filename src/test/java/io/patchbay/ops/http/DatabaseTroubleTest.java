package io.patchbay.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class DatabaseTroubleTest {

    @RestController
    static class Failing {
        private final SQLException cause;

        Failing(SQLException cause) {
            this.cause = cause;
        }

        @GetMapping(path = "/things", produces = "application/json")
        String things() {
            throw new CompletionException(new IllegalStateException("secret-of-the-log", cause));
        }
    }

    private static MockMvc mvc(SQLException cause) {
        return MockMvcBuilders.standaloneSetup(new Failing(cause))
                .setControllerAdvice(new ProblemAdvice())
                // As in the program: a test dependency brings one for XML, too.
                .setMessageConverters(new MappingJackson2HttpMessageConverter())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53100", "53300", "57P01"})
    void aDatabaseThatIsAwayOrFullIsA503ThatSaysWhenToComeAgain(String state) throws Exception {
        mvc(new SQLException("the server's words", state))
                .perform(get("/things"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string("Retry-After", "10"))
                .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.startsWith("The database cannot be used")))
                .andExpect(jsonPath("$.id").exists());
    }

    @Test
    void aStatementThatIsWrongIsOurFault() throws Exception {
        mvc(new SQLException("syntax", "42601"))
                .perform(get("/things"))
                .andExpect(status().isInternalServerError())
                .andExpect(header().doesNotExist("Retry-After"));
    }

    @Test
    void whatStandsBehindABatchIsSeen() {
        BatchUpdateException batch = new BatchUpdateException("batch", "XX000", new int[0]);
        batch.setNextException(new SQLException("disk full", "53100"));
        assertThat(DatabaseTrouble.is(batch)).isTrue();
        assertThat(DatabaseTrouble.is(new BatchUpdateException("batch", "23505", new int[0])))
                .isFalse();
    }

    @Test
    void aFileOfH2ThatCannotBeReadIsTrouble(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("broken");
        Files.createDirectory(folder.resolve("broken.mv.db")); // a folder where the file is to be
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:h2:file:" + file))
                .isInstanceOf(SQLException.class)
                .matches(DatabaseTrouble::is);
    }
}
