package io.patchbay.connector.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.StepException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "</a?x=1,2;3>; rel=\"next\" | /a?x=1,2;3",
                "</a>; rel=prev, </b>;rel=next | /b",
                "</a>; title=\"<x>; rel=next, \\\"\" ; REL=\"last  Next\" | /a",
                "</a>; title=\"; rel=next\"; rel=prev, </b>; rel=prev; rel=next, </c>; title*=UTF-8''x; crossorigin; rel=next | /c",
                "</a>; rel=nextish, </b>; rev=next, </c>; rel= next | /c",
                "</a>; rel=\"next | /a"
            })
    void findsTheLinkWithRelationNext(String header, String target) throws Exception {
        assertThat(LinkValues.next(List.of("</z>; rel=first", header))).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "</a>", "</a>; rel=prev", "next", "</a>; title=\"</b>; rel=next\""})
    void saysThatThereIsNone(String header) throws Exception {
        assertThat(LinkValues.next(List.of(header))).isNull();
    }

    @Test
    void refusesAnAddressThatDoesNotEnd() {
        assertThatThrownBy(() -> LinkValues.next(List.of("</a>; rel=prev, </b?x=1; rel=next")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("ends within an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "<>;", "<>;a", ";a", ";a=\"", "; ;\t", "\\", " ", "<>; rel=prev,"})
    @Timeout(20)
    void takesNoTimeForALongHeader(String part) throws Exception {
        assertThat(LinkValues.next(List.of("<a>;a=\"\"" + part.repeat(65_536 / part.length()))))
                .isNull();
    }
}
