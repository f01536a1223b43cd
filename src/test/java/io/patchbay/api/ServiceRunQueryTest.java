package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceRunQueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "only= | only is the reference of an item, found nothing.",
                "unfiltered=maybe | unfiltered is true or false, found 'maybe'.",
                "unfiltered | unfiltered is true or false, found ''.",
                "pageSize=many | pageSize is a whole number, found 'many'.",
                "onyl=1 | Parameter 'onyl' is none of a service's run: there are only=REFERENCE"
            })
    void aValueThatIsWrongIsSaidOfItsOwnParameter(String query, String said) {
        assertThatThrownBy(() -> ServiceRunQuery.of(Map.of(), query)).hasMessageContaining(said);
    }
}
