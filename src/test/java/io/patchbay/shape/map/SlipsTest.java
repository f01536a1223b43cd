package io.patchbay.shape.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlipsTest {

    @ParameterizedTest
    @CsvSource({"emial, email", "totals, total", "shiping_adress, shipping_address", "order_nubmer, order_number"})
    void tellsASlip(String name, String meant) {
        assertThat(Slips.meant(name, Set.of(meant, "other"), Set.of())).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "address2, address1",
        "option3, option2",
        "line2, line",
        "de_AT, de_DE",
        "en-US, en-UK",
        "description_de, description_fr",
        "descriptionDe, descriptionFr",
        "state, status",
        "cost, port",
        "ids, id"
    })
    void takesNoOtherNameForOne(String name, String there) {
        assertThat(Slips.meant(name, Set.of(there, "other"), Set.of())).isEmpty();
    }

    @Test
    void aNameThatTheMapReadsIsNotMeantByAnother() {
        assertThat(Slips.meant("shipped_at", Set.of("shipped_on", "other"), Set.of("shipped_at", "shipped_on")))
                .isEmpty();
    }
}
